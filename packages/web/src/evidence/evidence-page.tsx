import { Button } from "@mantine/core";
import { knownFrom } from "@watershed/domain";
import type { Fact, Source } from "@watershed/domain";
import { useCallback, useDeferredValue, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { useAddressed } from "../data/address.ts";
import { useDesk } from "../data/desk.tsx";
import { SourceLine } from "../figures/source-list.tsx";
import { useFormWords } from "../forms/words.ts";
import { ChoiceField } from "../shell/choice-field.tsx";
import { Icon } from "../shell/icon.tsx";
import { SearchField } from "../shell/search-field.tsx";
import { Empty } from "../shell/states.tsx";
import { VirtualRows } from "../shell/virtual-rows.tsx";
import { citedBy } from "./cited-by.ts";
import "./evidence.css";
import { FactForm } from "./fact-form.tsx";
import { SourceForm } from "./source-form.tsx";

type Row = { fact: Fact; source?: undefined } | { source: Source; fact?: undefined };
type Writing = { form: "fact"; fact?: Fact } | { form: "source"; source?: Source };

/** Everything that the team has read: facts in our words and where they were said, with how many things rest on each. */
export function EvidencePage(): ReactNode {
  const { text, forms } = useFormWords();
  const { workspace, canWrite } = useDesk();
  const [filter, set] = useAddressed<"sought" | "sort">();
  const [writing, write] = useState<Writing | undefined>();
  const rows = useRows(useDeferredValue(filter));
  const seek = useCallback((sought: string) => set({ sought }, "typed"), [set]);
  const all = workspace.facts.length + workspace.sources.length;
  const close = (): void => write(undefined);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{text.nav.evidence}</h1>
          <p className="soft">{forms.evidenceLead(workspace.facts.length, workspace.sources.length)}</p>
        </div>
        {canWrite && (
          <span className="row">
            <Button size="xs" leftSection={<Icon name="plus" size={14} />} onClick={() => write({ form: "fact" })}>
              {forms.addFact}
            </Button>
            <Button size="xs" variant="default" onClick={() => write({ form: "source" })}>
              {forms.addSource}
            </Button>
          </span>
        )}
      </div>
      <div className="row tools evidence-filter">
        <SearchField label={forms.findEvidence} sought={filter.sought ?? ""} seek={seek} />
        <ChoiceField
          label={forms.whichEvidence}
          all={forms.allEvidence}
          chosen={filter.sort}
          choose={(sort) => set({ sort })}
          choices={[
            { value: "facts", label: forms.facts },
            { value: "sources", label: forms.sources },
          ]}
        />
        <span className="small soft" role="status">
          {rows.length < all && forms.foundEvidence(rows.length, all)}
        </span>
      </div>
      {rows.length === 0 ? (
        <Empty>{all === 0 ? forms.noEvidence : forms.nothingFound}</Empty>
      ) : (
        <Rows rows={rows} write={canWrite ? write : undefined} />
      )}
      {writing?.form === "fact" && <FactForm fact={writing.fact} close={close} />}
      {writing?.form === "source" && <SourceForm source={writing.source} close={close} />}
    </>
  );
}

/** Facts, latest first, then sources; those that hold every word sought, in either language. */
function useRows({ sought = "", sort }: { sought?: string; sort?: string }): Row[] {
  const { workspace } = useDesk();
  return useMemo(() => {
    const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
    const holds = (item: object): boolean => {
      const said = JSON.stringify(item).toLowerCase();
      return words.every((word) => said.includes(word));
    };
    const facts = workspace.facts.filter(holds).toSorted((one, other) => (one.date < other.date ? 1 : one.date > other.date ? -1 : 0));
    return [
      ...(sort === "sources" ? [] : facts.map((fact): Row => ({ fact }))),
      ...(sort === "facts" ? [] : workspace.sources.filter(holds).map((source): Row => ({ source }))),
    ];
  }, [workspace, sought, sort]);
}

function Rows({ rows, write }: { rows: Row[]; write?: (writing: Writing) => void }): ReactNode {
  const { text } = useFormWords();
  const { workspace } = useDesk();
  const cited = useMemo(() => citedBy(workspace), [workspace]);
  return (
    <div className="card evidence-list">
      <VirtualRows
        label={text.nav.evidence}
        items={rows}
        keyOf={({ fact, source }) => (fact ?? source)!.id}
        height={74}
        row={(row) => <EvidenceRow row={row} cited={cited.get((row.fact ?? row.source).id) ?? 0} write={write} />}
      />
    </div>
  );
}

function EvidenceRow({ row, cited, write }: { row: Row; cited: number; write?: (writing: Writing) => void }): ReactNode {
  const { text, forms, say } = useFormWords();
  const { workspace } = useDesk();
  const { fact, source } = row;
  const isLater = fact !== undefined && knownFrom(fact) > workspace.settings.asOf;
  const { id } = (fact ?? source)!;
  const graded = fact?.certainty
    ? forms.certainties[fact.certainty]
    : source?.reliability
      ? forms.reliabilities[source.reliability]
      : undefined;
  return (
    <div className="evidence-row" data-row tabIndex={-1}>
      <span className="num soft">{fact ? fact.date : source!.date}</span>
      <div>
        {fact ? (
          <>
            <p>{say(fact.text)}</p>
            <ul className="plain small origins">
              {fact.sources.map((origin) => (
                <SourceLine key={origin} id={origin} />
              ))}
            </ul>
          </>
        ) : (
          <ul className="plain">
            <SourceLine id={id} />
          </ul>
        )}
      </div>
      <div className="small soft">
        <p>
          <span className="tag">{fact ? forms.fact : forms.source}</span> <code>{id}</code>{" "}
          {isLater && <span className="tag">{forms.later}</span>}
        </p>
        <p>
          {[graded, fact?.knownFrom ? text.companies.publicFrom(fact.knownFrom) : undefined, forms.cited(cited)]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      {write && (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={`${text.state.edit}: ${id}`}
          onClick={() => write(fact ? { form: "fact", fact } : { form: "source", source })}
        >
          {text.state.edit}
        </Button>
      )}
    </div>
  );
}
