import { CloseButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { DependenceMap, MapKind, MapNode } from "@watershed/workbench/in-page";
import { useMemo } from "react";
import type { ReactNode } from "react";
import { useDesk, useShownReview } from "../data/desk.tsx";
import { AlternativeBadge } from "../figures/alternative.tsx";
import { Figure } from "../figures/estimate.tsx";
import { useWords } from "../language/language.tsx";
import { neighboursOf, reach } from "./reach.ts";
import { useMapWords } from "./words.ts";

interface SelectionProps {
  map: DependenceMap;
  of: MapNode;
  choose: (key: string | undefined) => void;
}

/** What is chosen: everything it rests on and everything it moves, with what answers are worth and what is decided. */
export function Selection({ map, of, choose }: SelectionProps): ReactNode {
  const { say } = useWords();
  const text = useMapWords();
  const { below, above, direct } = useMemo(() => {
    const { below: lower, above: upper } = neighboursOf(map.edges);
    return {
      below: reach([of.key], lower),
      above: reach([of.key], upper),
      direct: new Set([...(lower.get(of.key) ?? []), ...(upper.get(of.key) ?? [])]),
    };
  }, [map, of.key]);
  const review = useShownReview();
  const ranks = useMemo(() => new Map(review?.agenda.map(({ question }, place) => [`question:${question.id}`, place])), [review]);
  const rank = ({ key }: MapNode): number => ranks.get(key) ?? ranks.size; // questions most worth answering come first
  const nodes = (keys: Set<string>): MapNode[] =>
    map.nodes.filter(({ key }) => keys.has(key)).sort((one, other) => rank(one) - rank(other));
  const companies = nodes(above).filter(({ kind }) => kind === "company").length;
  const tied = map.tied.filter(({ questions }) => questions.includes(of.key));
  return (
    <aside className="map-selection card stack" aria-label={say(of.name)}>
      <div className="row between nowrap">
        <h2>{say(of.name)}</h2>
        <CloseButton aria-label={text.clear} title={text.clear} onClick={() => choose(undefined)} />
      </div>
      <p className="small soft" role="status">
        {text.summary(say(of.name), below.size, above.size, companies)}
      </p>
      <p className="row">
        <span className="tag">{text.kinds[of.kind]}</span>
        <OpenLink of={of} />
        <OwnFigures of={of} />
      </p>
      {of.kind === "quantity" && <Formula of={of} />}
      <Side title={text.moves} nothing={text.movesNothing} {...{ nodes: nodes(above), direct, of, choose }} />
      <Side title={text.rests} nothing={text.restsNothing} {...{ nodes: nodes(below), direct, of, choose }} />
      {tied.length > 0 && (
        <section className="stack tight">
          <h3>{text.tied}</h3>
          <ul className="plain">
            {tied.map(({ questions, rank }) => {
              const other = map.nodes.find(({ key }) => key === questions.find((one) => one !== of.key));
              return (
                other && (
                  <li key={other.key} className="row between nowrap">
                    <button type="button" className="as-link" onClick={() => choose(other.key)}>
                      {say(other.name)}
                    </button>
                    <span className="num small soft">{rank.toLocaleString("en", { signDisplay: "always" })}</span>
                  </li>
                )
              );
            })}
          </ul>
        </section>
      )}
    </aside>
  );
}

function OpenLink({ of }: { of: MapNode }): ReactNode {
  const text = useMapWords();
  const { view } = useDesk();
  if (of.kind === "question")
    return (
      <Link to="/w/$workspace/questions/$question" params={{ workspace: view.id, question: of.id }}>
        {text.open}
      </Link>
    );
  if (of.kind !== "company") return null;
  return (
    <Link to="/w/$workspace/companies/$company" params={{ workspace: view.id, company: of.id }}>
      {text.open}
    </Link>
  );
}

/** What the review says of what is chosen. */
function OwnFigures({ of }: { of: MapNode }): ReactNode {
  const text = useMapWords();
  const review = useShownReview();
  if (of.kind === "company") {
    const best = review?.companies.find(({ company }) => company.id === of.id)?.best;
    return best ? (
      <>
        <AlternativeBadge name={best.alternative} brief /> <Figure of={best.worth} />
      </>
    ) : null;
  }
  const item = of.kind === "question" ? review?.agenda.find(({ question }) => question.id === of.id) : undefined;
  return item ? (
    <span>
      <span className="small soft">{text.worth}</span> <Figure of={item.worth} />
    </span>
  ) : null;
}

function Formula({ of }: { of: MapNode }): ReactNode {
  const { say } = useWords();
  const { workspace } = useDesk();
  const quantity = workspace.quantities.find(({ id }) => id === of.id);
  return (
    quantity && (
      <div className="stack tight">
        <code className="formula">{String(quantity.formula)}</code>
        {quantity.note && <p className="small">{say(quantity.note)}</p>}
      </div>
    )
  );
}

interface SideProps {
  title: string;
  nothing: string;
  nodes: MapNode[];
  direct: Set<string>;
  of: MapNode;
  choose: (key: string) => void;
}

const order: MapKind[] = ["company", "trigger", "quantity", "signal", "question"];

function Side({ title, nothing, nodes, direct, of, choose }: SideProps): ReactNode {
  const { say } = useWords();
  const text = useMapWords();
  return (
    <section className="stack tight">
      <h3>
        {title} <span className="soft small num">{nodes.length}</span>
      </h3>
      {nodes.length === 0 && <p className="small soft">{nothing}</p>}
      {order.map((kind) => {
        const own = nodes.filter((node) => node.kind === kind);
        if (own.length === 0) return null;
        return (
          <div key={kind}>
            <p className="small soft">{text.kindsMany[kind]}</p>
            <ul className="plain">
              {own.map((node) => (
                <li key={node.key} className="row between">
                  <button type="button" className="as-link" onClick={() => choose(node.key)}>
                    {say(node.name)}
                  </button>
                  <span className="row small">
                    {direct.has(node.key) && <span className="tag">{text.directly}</span>}
                    <Beside node={node} of={of} />
                  </span>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}

/** What stands beside a name: what a company does, or what the answer to a question is worth to the company that is chosen. */
function Beside({ node, of }: { node: MapNode; of: MapNode }): ReactNode {
  const text = useMapWords();
  const review = useShownReview();
  if (node.kind === "company") {
    const best = review?.companies.find(({ company }) => company.id === node.id)?.best;
    return best ? <AlternativeBadge name={best.alternative} brief /> : null;
  }
  if (node.kind !== "question" || of.kind !== "company") return null;
  const worth = review?.companies.find(({ company }) => company.id === of.id)?.questions.find(({ question }) => question === node.id);
  return worth?.distinguishable ? (
    <span title={text.worthHere}>
      <Figure of={worth.worth} />
    </span>
  ) : null;
}
