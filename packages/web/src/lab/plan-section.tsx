import type { LabProblem, Plan, Prediction } from "@watershed/compute-lab";
import { memo } from "react";
import type { ReactNode } from "react";
import type { LabPageWording } from "../wording/lab-page-en.ts";
import { useLabFigureWords, useLabWords } from "./words.ts";

/** The plan that was predicted, and which parts of it were chosen here. */
export const PlanSection = memo(function PlanSection({ of: { plan, chosen } }: { of: Prediction }): ReactNode {
  const text = useLabWords();
  const words = useLabFigureWords();
  const names = Object.keys(text.planNames) as (keyof typeof text.planNames & keyof Plan)[];
  const said = (name: (typeof names)[number]): string =>
    name === "recomputation"
      ? text.recomputations[plan.recomputation] + (plan.recomputedShare > 0 ? text.recomputedShare(words.share(plan.recomputedShare)) : "")
      : typeof plan[name] === "number"
        ? words.count(plan[name])
        : String(plan[name]);
  return (
    <section className="card stack tight" aria-labelledby="lab-plan">
      <h2 id="lab-plan">{text.planTitle}</h2>
      <dl className="lab-plan">
        {names.map((name) => (
          <div key={name}>
            <dt className="small soft">{text.planNames[name]}</dt>
            <dd className="num">
              {said(name)} {chosen.includes(name) && <span className="tag">{text.planChosen}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
});

/** What keeps a setting from being predicted, or what was assumed: the field, the rule, and the nearest choice that would do. */
export const LabProblems = memo(function LabProblems({ problems }: { problems: LabProblem[] }): ReactNode {
  const text = useLabWords();
  const shown = problems.filter(({ code }) => code !== "chosen");
  if (shown.length === 0) return null;
  const broken = shown.some(({ severity }) => severity === "error");
  return (
    <section className={broken ? "card stack tight lab-broken" : "card stack tight"} role={broken ? "alert" : undefined}>
      <h2>{broken ? text.cannot : text.notes}</h2>
      <ul className="small">
        {unique(shown).map((problem) => (
          <li key={`${problem.at} ${problem.code}`}>
            <LabProblemText of={problem} />
          </li>
        ))}
      </ul>
    </section>
  );
});

function LabProblemText({ of: { code, at, params } }: { of: LabProblem }): ReactNode {
  const text = useLabWords();
  const { given, nearest, taken } = params;
  return (
    <>
      <b>{fieldName(at, text)}</b> {given !== undefined && <code>{String(given)}</code>} {text.problem[code] ?? code}
      {nearest !== undefined && nearest !== "" && (
        <> · {code === "productNotChips" ? text.nearestChips(String(nearest)) : text.nearest(String(nearest))}</>
      )}
      {taken !== undefined && <> · {text.taken(String(taken))}</>}
    </>
  );
}

/** A field of a row as the page calls it; its own name where the page has no field for it. */
function fieldName(at: string, text: LabPageWording): string {
  const [part, field = ""] = at.split(".");
  if (part === "plan" && field in text.planFields) return text.planFields[field as keyof typeof text.planFields];
  if (at.endsWith("measured.step_s")) return text.reportedSeconds;
  if (part === "model" && field in text.ownFields) return text.ownFields[field as keyof typeof text.ownFields];
  const others: Record<string, string> = {
    "model.name": text.aiModel,
    "chips.name": text.chip,
    "chips.count": text.chips,
    "plan.precision": text.precision,
    software: text.software,
  };
  return others[at] ?? at;
}

function unique(problems: LabProblem[]): LabProblem[] {
  return [...new Map(problems.map((problem) => [`${problem.at} ${problem.code}`, problem])).values()];
}
