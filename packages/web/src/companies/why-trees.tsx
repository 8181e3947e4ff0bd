import type { Estimate } from "@watershed/domain";
import type { BeliefSummary, WhyNode } from "@watershed/workbench";
import { wordMeasure } from "@watershed/workbench/measures";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { ReactNode } from "react";
import { useAnswerWords } from "../beliefs/belief-words.ts";
import { useDesk } from "../data/desk.tsx";
import { useAlternativeName } from "../figures/alternative.tsx";
import { Figure } from "../figures/estimate.tsx";
import { SourceLine } from "../figures/source-list.tsx";
import { useWords } from "../language/language.tsx";
import { SavedOnly } from "../what-if/saved-only.tsx";
import { Illustrative } from "../shell/states.tsx";
import { Answers } from "../questions/question-worth.tsx";

type MeasureNode = WhyNode & { node: "measure" };

/** Why the review says what it says: each number opens into the numbers under it, down to forecasts and the sentences they cite. */
export function WhyTrees({ trees }: { trees: WhyNode[] }): ReactNode {
  const { text } = useWords();
  const first = useMemo(() => firstOfMeasure(trees), [trees]);
  return (
    <section className="card stack tight why" aria-labelledby="why-title">
      <h2 id="why-title">
        {text.companies.why} <SavedOnly />
      </h2>
      <p className="small soft">{text.companies.whyLead}</p>
      {trees.map((tree, place) => (
        <Node key={place} of={tree} first={first} />
      ))}
    </section>
  );
}

/** Where a measure is met for the first time: there it is explained, and nowhere else. */
function firstOfMeasure(trees: WhyNode[]): Set<WhyNode> {
  const met = new Set<string>();
  const first = new Set<WhyNode>();
  const walk = (node: WhyNode): void => {
    if (node.node === "measure" && !met.has(node.measure)) {
      met.add(node.measure);
      first.add(node);
    }
    node.children.forEach(walk);
  };
  trees.forEach(walk);
  return first;
}

function Node({ of, first }: { of: WhyNode; first: Set<WhyNode> }): ReactNode {
  if (of.children.length === 0)
    return (
      <div className="leaf">
        <NodeLine of={of} explain={first.has(of)} />
      </div>
    );
  return (
    <details>
      <summary>
        <NodeLine of={of} explain={first.has(of)} />
      </summary>
      <div className="under">
        {of.children.map((child, place) => (
          <Node key={place} of={child} first={first} />
        ))}
      </div>
    </details>
  );
}

function NodeLine({ of, explain }: { of: WhyNode; explain: boolean }): ReactNode {
  const { text, say, day } = useWords();
  const { view, workspace } = useDesk();
  switch (of.node) {
    case "measure":
      return <MeasureLine of={of} explain={explain} />;
    case "formula":
      return (
        <span>
          <code>
            <b>{of.name}</b> = {of.source}
          </code>{" "}
          {of.means && (
            <>
              → <Figure of={of.means} />
            </>
          )}{" "}
          {of.illustrative && <Illustrative />} {of.note && <span className="soft small">{say(of.note)}</span>}
        </span>
      );
    case "question":
      return (
        <span>
          <Link to="/w/$workspace/questions/$question" params={{ workspace: view.id, question: of.id }}>
            {say(of.text)}
          </Link>{" "}
          <b>
            <BeliefText of={of.belief} question={of.id} />
          </b>
        </span>
      );
    case "forecast":
      return (
        <span>
          <b>{say(workspace.people.find(({ id }) => id === of.by)?.name) || of.by}</b> <span className="soft">{day(of.on)}</span>:{" "}
          <code>{of.says}</code> {of.illustrative && <Illustrative />} {of.reasons && <span>{say(of.reasons)}</span>}
        </span>
      );
    case "source":
      return (
        <ul className="plain">
          <SourceLine id={of.id} />
        </ul>
      );
    case "seen":
      return <span className="soft">{text.companies.seen(of.name)}</span>;
  }
}

function MeasureLine({ of, explain }: { of: MeasureNode; explain: boolean }): ReactNode {
  const { language } = useWords();
  const { review } = useDesk();
  const { name, says } = wordMeasure(of.measure, language);
  const unit = of.unit === "money" ? (review?.currency ?? "USD") : of.unit;
  const figure: Estimate | undefined =
    of.amount === undefined || (of.measure === "answer" && of.unit === "count")
      ? undefined
      : { amount: of.amount, standardError: of.standardError ?? 0, unit, key: "" };
  return (
    <span title={says}>
      <b>{name}</b> <About of={of} /> {figure && <Figure of={figure} />} {explain && <span className="soft small">{says}</span>}
    </span>
  );
}

/** What a measure is about: a question and an answer to it, an alternative, a partner, a trigger. */
function About({ of: { measure, params, question: id, column } }: { of: MeasureNode }): ReactNode {
  const { text, say } = useWords();
  const { questions, workspace } = useDesk();
  const nameOf = useAlternativeName();
  const question = id === undefined ? undefined : questions.get(id);
  const trigger = workspace.triggers.find((one) => one.id === params.trigger);
  const alternatives = ["alternative", "best"].flatMap((key) => (params[key] === undefined ? [] : [String(params[key])]));
  return (
    <span className="about">
      {question && <span>{say(question.text)}</span>}
      {question && measure === "answer" && typeof params.from === "number" && (
        <Answers question={question} from={params.from} to={Number(params.to)} />
      )}
      {measure === "expectedGivenAnswer" && <span>{params.answer === 1 ? text.state.yes : text.state.no}</span>}
      {alternatives.map((name) => (
        <span key={name}>{/^(now|staged|pass|wait:.*)$/.test(name) ? nameOf(name).name : name}</span>
      ))}
      {params.partner !== undefined && <span>{say(workspace.people.find((person) => person.id === params.partner)?.name)}</span>}
      {trigger && <span>{say(trigger.name)}</span>}
      {measure === "column" && column !== undefined && <code>{column}</code>}
    </span>
  );
}

function BeliefText({ of, question: id }: { of: BeliefSummary; question: string }): ReactNode {
  const { text, say } = useWords();
  const { questions } = useDesk();
  const words = useAnswerWords();
  const question = questions.get(id);
  if (of.kind === "yesNo") return <Figure of={of.probability} />;
  if (of.kind === "oneOf")
    return <span>{of.options.map(({ name, probability }) => `${say(name)} ${(100 * probability).toFixed(0)}%`).join(", ")}</span>;
  const at = (place: number | null): string =>
    place === null || !Number.isFinite(place) ? text.state.never : question ? words(question, place) : String(place);
  return (
    <span className="num">
      {of.quantiles.map(({ probability, at: place }) => `${100 * probability}%: ${at(place)}`).join(", ")}
      {of.never > 0 && `, ${text.state.never} ${(100 * of.never).toFixed(0)}%`}
    </span>
  );
}
