import { evppiJoint, evppiOf, measured, questionGroup, stakes, sumOfEvppi } from "@watershed/decision";
import type { GroupQuestion, Measured } from "@watershed/decision";
import { columnOf } from "@watershed/engine";
import type { Estimate, Workspace } from "@watershed/domain";
import { weighed } from "./risk.ts";
import { runCompanies } from "./run-companies.ts";
import type { CompaniesRun, CompanyRunOptions } from "./run-companies.ts";
import { estimate } from "./run-key.ts";
import { binningOf, dummiesOf } from "./scenario-run.ts";

/** What answering several questions together is worth over all companies, beside what each alone is. */
export interface JointWorth {
  questions: string[];
  together: Estimate;
  floor: number;
  distinguishable: boolean;
  lowerBound: Estimate; // chosen on one half of the scenarios, valued on the other
  alone: { question: string; worth: Estimate }[];
  /** Together minus the sum of each alone: above zero where answers only help in company. */
  beyondTheSum: Estimate;
  companies: { company: string; together: Estimate }[]; // largest first
  method: "exactGroups" | "surface";
}

/** The worth of a group of questions; undefined where no company depends on any of them in this run. */
export function jointWorth(whole: Workspace, questions: string[], options: CompanyRunOptions = {}): JointWorth | undefined {
  return jointWorthOf(runCompanies(whole, options), questions);
}

/** The same over companies that are drawn and appraised already. */
export function jointWorthOf({ run, appraisals }: CompaniesRun, questions: string[]): JointWorth | undefined {
  const open = questions.filter((id) => appraisals.some((appraisal) => appraisal.questions.includes(id)));
  if (!run || open.length === 0) return undefined;
  const { workspace } = run.compiled;
  const members = open.map((id): GroupQuestion => {
    const question = workspace.questions.find((candidate) => candidate.id === id)!;
    return { name: id, column: columnOf(run.draws, id), binning: binningOf(run, question) };
  });
  const group = questionGroup(members, run.draws, run.draws.dummies);
  const found = appraisals
    .filter((appraisal) => open.some((id) => appraisal.questions.includes(id)))
    .map(({ alternatives, investmentCase }) => {
      const decision = stakes(weighed(run.compiled, alternatives, run.draws), run.draws, dummiesOf(run));
      const alone = members.map((member) => evppiOf(decision, member.binning));
      return { company: investmentCase.company, evppi: evppiJoint(decision, group), alone };
    });
  const money = (figure: Measured): Estimate => estimate(figure, workspace.settings.currency, run.key);
  const together = sumOfEvppi(found);
  const crossed = found.reduce((sum, { evppi }) => sum + evppi.lowerBound.amount, 0);
  const alone = open.map((_, place) => sumOfEvppi(found.map((one) => ({ company: one.company, evppi: one.alone[place] }))));
  const beyond = together.perShard.map((share, shard) => share - alone.reduce((sum, { perShard }) => sum + perShard[shard], 0));
  return {
    questions: open,
    together: money(together),
    floor: together.floor,
    distinguishable: together.distinguishable,
    lowerBound: money({ amount: crossed, standardError: together.standardError }),
    alone: open.map((question, place) => ({ question, worth: money(alone[place]) })),
    beyondTheSum: money(measured(beyond)),
    companies: found
      .map(({ company, evppi }) => ({ company, together: money(evppi) }))
      .sort((one, other) => other.together.amount - one.together.amount),
    method: found[0].evppi.method,
  };
}
