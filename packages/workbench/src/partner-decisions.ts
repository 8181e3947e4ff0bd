import type { Sharding } from "@watershed/decision";
import { standingForecasts } from "@watershed/domain";
import { appraiseCase, columnsOfCase } from "./appraise-case.ts";
import type { Appraisal } from "./appraise-case.ts";
import { poolBeliefs } from "./beliefs.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { liveWorkspace } from "./simulate-workspace.ts";

/** One partner's own beliefs at work. */
export interface PartnerDecisions {
  person: string;
  draws: Sharding;
  /** A case under those beliefs, until the next partner's turn; undefined where the partner has said nothing on what it depends on. */
  appraise: (appraisal: Pick<Appraisal, "investmentCase" | "questions">) => Appraisal | undefined;
}

/**
 * The cases under each partner's own beliefs, one partner at a time in the order of the people. A partner who has said nothing
 * on what a case depends on decides as the team does; the others' beliefs are drawn on an eighth of every shard's points.
 */
export function* decisionsByPartner(
  run: { compiled: CompiledWorkspace; draws: Sharding & { seed: number } },
  appraisals: Pick<Appraisal, "investmentCase" | "questions">[],
  onProgress?: (share: number) => void,
): Generator<PartnerDecisions> {
  const { compiled } = run;
  const { workspace } = compiled;
  const forecasts = Map.groupBy(standingForecasts(workspace, workspace.settings.asOf), (forecast) => forecast.by);
  const people = workspace.people.filter((person) => forecasts.has(person.id));
  const names = [...new Set(appraisals.flatMap(({ investmentCase }) => columnsOfCase(compiled, investmentCase)))];
  const draws = (run.draws.shards * run.draws.shardSize) / 8;
  // One partner's beliefs are the last one's with some moved.
  const live = people.length === 0 ? undefined : liveWorkspace(compiled, names, { seed: run.draws.seed, draws });
  for (const [place, person] of people.entries()) {
    onProgress?.(place / people.length);
    const said = new Set(forecasts.get(person.id)!.map((forecast) => forecast.question));
    const own = live!.move(poolBeliefs(workspace, compiled.program, person.id).beliefs).draws;
    yield {
      person: person.id,
      draws: own,
      appraise: ({ investmentCase, questions }) =>
        questions.some((question) => said.has(question)) ? appraiseCase(compiled, own, investmentCase) : undefined,
    };
  }
}
