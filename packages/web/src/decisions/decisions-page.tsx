import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Suspense, lazy, memo, useCallback, useDeferredValue, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { useAddressed } from "../data/address.ts";
import { useDesk, useSavedReview, useShownReview } from "../data/desk.tsx";
import type { ReviewView } from "../data/contract.ts";
import { kindOfAlternative } from "../figures/alternative.tsx";
import { priceOverWalkAway } from "../figures/price-bar.tsx";
import { useWords } from "../language/language.tsx";
import type { Words } from "../language/language.tsx";
import { ChoiceField } from "../shell/choice-field.tsx";
import { Icon } from "../shell/icon.tsx";
import { SearchField } from "../shell/search-field.tsx";
import { Empty, Loading } from "../shell/states.tsx";
import { CompanyRow } from "./company-row.tsx";
import "./decisions.css";
import { SinceLastVisit } from "./since-last-visit.tsx";
import { TriggerList, hasFired } from "./trigger-list.tsx";
import { useSince } from "./since.ts";

const CompanyForm = lazy(async () => ({ default: (await import("./company-form.tsx")).CompanyForm }));
const ThenAndNow = lazy(async () => ({ default: (await import("../past/then-and-now.tsx")).ThenAndNow }));

type Sorting = "worth" | "name" | "room" | "edge";
type Filter = Partial<Record<"sought" | "track" | "sorting", string>>; // as the address has it
const sortings: Sorting[] = ["worth", "name", "room", "edge"];
const sortingOf = ({ sorting }: Filter): Sorting => sortings.find((one) => one === sorting) ?? "worth";

type Reviewed = ReviewView["companies"][number];

/** The home of a partner: every company with what to do about it, what it is worth, and how the price stands. */
export function DecisionsPage(): ReactNode {
  const words = useWords();
  const { text } = words;
  const { view, computing, reviewError, canWrite } = useDesk();
  const [adding, add] = useState(false);
  const review = useShownReview();
  const open = useCallback(() => add(true), []);
  const [filter] = useAddressed<keyof Filter>();
  const shown = shownCompanies(review?.companies ?? [], useDeferredValue(filter), words);
  return (
    <>
      <div className="page-head">
        <h1>{text.decisions.title}</h1>
        {review && <Lead review={review} />}
      </div>
      {!review && (reviewError ? null : <Loading rows={10} label={computing ? text.state.computing : text.state.loading} />)}
      {review && view.past && (
        <Suspense fallback={null}>
          <ThenAndNow />
        </Suspense>
      )}
      {review && (
        <div className="decisions">
          <section className="stack" aria-label={text.decisions.title}>
            <Fired triggers={review.triggers} />
            <Tools add={canWrite ? open : undefined} />
            {review.companies.length === 0 && (
              <Empty action={canWrite && <Button onClick={open}>{text.decisions.addCompany}</Button>}>{text.decisions.empty}</Empty>
            )}
            {review.companies.length > 0 && shown.length === 0 && <Empty>{text.decisions.noMatch}</Empty>}
            {shown.length > 0 && <CompanyList shown={shown} />}
            <NotAppraised of={review.notAppraised} />
            <p className="small soft">{text.state.simulationError}</p>
          </section>
          <aside className="stack">
            {!view.past && <SinceLastVisit />}
            <TriggerList triggers={review.triggers} />
          </aside>
        </div>
      )}
      {adding && (
        <Suspense fallback={null}>
          <CompanyForm close={() => add(false)} />
        </Suspense>
      )}
    </>
  );
}

function CompanyList({ shown }: { shown: Reviewed[] }): ReactNode {
  const before = useSavedReview();
  const since = useSince();
  const saved = useMemo(() => new Map(before?.companies.map((company) => [company.company.id, company])), [before]);
  const changes = useMemo(() => new Map(since.data?.decisions.map((one) => [one.company, one])), [since.data]);
  return (
    <div className="company-list card">
      <Headings />
      <ol className="plain">
        {shown.map((company) => (
          <CompanyRow
            key={company.company.id}
            of={company}
            saved={saved.get(company.company.id)}
            changed={changes.get(company.company.id)}
            from={since.data?.from?.at}
          />
        ))}
      </ol>
    </div>
  );
}

function Lead({ review }: { review: ReviewView }): ReactNode {
  const { text, language } = useWords();
  const count = (kind: string): number => review.companies.filter(({ best }) => kindOfAlternative(best.alternative) === kind).length;
  return (
    <p className="soft">
      {text.decisions.lead(review.companies.length, count("now") + count("staged"), count("wait"), count("pass"))}{" "}
      <span className="small num">{text.decisions.key(review.draws.toLocaleString(language), review.key.slice(0, 8))}</span>
    </p>
  );
}

/** Triggers that have fired: a decision is due. */
const Fired = memo(function Fired({ triggers }: Pick<ReviewView, "triggers">): ReactNode {
  const { text, say } = useWords();
  const { view, companies } = useDesk();
  const fired = triggers.filter(hasFired);
  if (fired.length === 0) return null;
  return (
    <div className="strip due">
      <Icon name="now" />
      <b>{text.decisions.firedTitle(fired.length)}</b>
      {fired.map(({ trigger, name, companies: waiting }) => (
        <span key={trigger}>
          {say(name)}
          {waiting.map((id) => (
            <span key={id}>
              {" "}
              <Link to="/w/$workspace/companies/$company" params={{ workspace: view.id, company: id }}>
                {say(companies.get(id)?.name)}
              </Link>
            </span>
          ))}
        </span>
      ))}
    </div>
  );
});

const Headings = memo(function Headings(): ReactNode {
  const { text } = useWords();
  return (
    <div className="company-row headings small soft" aria-hidden="true">
      <span>{text.decisions.company}</span>
      <span>{text.decisions.decision}</span>
      <span className="right">{text.decisions.worth}</span>
      <span>{text.decisions.priceShort}</span>
      <span>{text.decisions.beliefs}</span>
      <span>{text.decisions.changed}</span>
    </div>
  );
});

const Tools = memo(function Tools({ add }: { add?: () => void }): ReactNode {
  const { text, say } = useWords();
  const { workspace } = useDesk();
  const [filter, set] = useAddressed<keyof Filter>();
  const seek = useCallback((sought: string) => set({ sought }, "typed"), [set]);
  return (
    <div className="row tools decisions-tools">
      <SearchField label={text.decisions.search} sought={filter.sought ?? ""} seek={seek} />
      <ChoiceField
        label={text.decisions.track}
        all={text.decisions.allTracks}
        chosen={filter.track}
        choose={(track) => set({ track })}
        choices={workspace.tracks.map(({ id, name }) => ({ value: id, label: say(name) }))}
      />
      <ChoiceField
        label={text.decisions.sort}
        chosen={sortingOf(filter)}
        choose={(sorting) => set({ sorting: sorting === "worth" ? null : sorting })}
        choices={sortings.map((by) => ({ value: by, label: `${text.decisions.sort}${text.state.colon}${text.decisions.sortBy[by]}` }))}
      />
      {add && (
        <Button size="xs" variant="default" leftSection={<Icon name="plus" size={14} />} onClick={add}>
          {text.decisions.addCompany}
        </Button>
      )}
    </div>
  );
});

const NotAppraised = memo(function NotAppraised({ of }: { of: ReviewView["notAppraised"] }): ReactNode {
  const { text, say } = useWords();
  const { questions } = useDesk();
  if (of.length === 0) return null;
  return (
    <section className="card stack tight">
      <h2>{text.decisions.notAppraised}</h2>
      <ul>
        {of.map(({ company, reason, questions: open = [] }) => (
          <li key={company.id}>
            {say(company.name)}: {text.decisions.reason[reason]}
            {open.length > 0 && <span className="soft small"> ({open.map((id) => say(questions.get(id)?.text)).join("; ")})</span>}
          </li>
        ))}
      </ul>
    </section>
  );
});

function shownCompanies(companies: Reviewed[], filter: Filter, { say }: Words): Reviewed[] {
  const { track, sought = "" } = filter;
  const wanted = sought.trim().toLowerCase();
  const name = ({ company }: Reviewed): string => say(company.name);
  const order: Record<Sorting, (one: Reviewed, other: Reviewed) => number> = {
    worth: (one, other) => other.best.worth.amount - one.best.worth.amount,
    name: (one, other) => name(one).localeCompare(name(other)),
    room: (one, other) => (priceOverWalkAway(one) ?? Infinity) - (priceOverWalkAway(other) ?? Infinity),
    edge: (one, other) => edgeOf(other) - edgeOf(one),
  };
  return companies
    .filter(
      ({ company }) =>
        (track === undefined || company.track === track) &&
        (wanted === "" || `${say(company.name)} ${company.id}`.toLowerCase().includes(wanted)),
    )
    .sort(order[sortingOf(filter)]);
}

/** How far our first belief in the price is on the favourable side. */
function edgeOf({ implied: [first] }: Reviewed): number {
  return first ? Math.abs(first.edge.amount) * (first.favourable ? 1 : -1) : -Infinity;
}
