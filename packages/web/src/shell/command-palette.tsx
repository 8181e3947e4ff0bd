import { Modal } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMantineColorScheme } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import type { KeyboardEvent, ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import { useAsOfEntries } from "../past/as-of-entries.ts";
import { isComposing } from "./composing.ts";
import "./command-palette.css";

interface Entry {
  id: string;
  name: string;
  kind: string;
  also: string; // further text that is searched
  run: () => void;
}

const mostShown = 40;

/** Finds companies, questions and pages, and does what can be done from anywhere. */
export function CommandPalette({ close }: { close: () => void }): ReactNode {
  const { text } = useWords();
  const [typed, type] = useState("");
  const found = useFound(typed);
  const [at, move] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" }); // a promise in newer browsers, which is no clean-up
  }, [at]);
  const choose = (entry: Entry | undefined): void => {
    if (!entry) return;
    close();
    entry.run();
  };
  const press = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    if (steps[event.key]) {
      event.preventDefault();
      move((at + steps[event.key] + found.length) % Math.max(1, found.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(found[at]);
    }
  };
  return (
    <Modal opened onClose={close} title={text.palette.title} size="lg" yOffset="8vh" closeButtonProps={{ "aria-label": text.state.close }}>
      <input
        className="palette-field"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found[at] ? `palette-${found[at].id}` : undefined}
        aria-label={text.palette.placeholder}
        placeholder={text.palette.placeholder}
        data-autofocus
        value={typed}
        onChange={({ target }) => {
          type(target.value);
          move(0);
        }}
        onKeyDown={press}
      />
      <ul className="palette-list plain" id="palette-list" role="listbox" aria-label={text.palette.title} ref={list}>
        {found.map((entry, place) => (
          <Option key={entry.id} entry={entry} chosen={place === at} choose={() => choose(entry)} point={() => move(place)} />
        ))}
      </ul>
      {found.length === 0 && (
        <p className="soft" role="status">
          {text.palette.nothing}
        </p>
      )}
    </Modal>
  );
}

function Option({ entry, chosen, choose, point }: { entry: Entry; chosen: boolean; choose: () => void; point: () => void }): ReactNode {
  return (
    <li id={`palette-${entry.id}`} role="option" aria-selected={chosen} onClick={choose} onPointerMove={point}>
      <span>{entry.name}</span>
      <span className="soft small">{entry.kind}</span>
    </li>
  );
}

/** What can be chosen with what is typed: pages first, then past days, then everything else. */
function useFound(typed: string): Entry[] {
  const [everywhere, ofThePast] = [useEntries(), useAsOfEntries(typed)];
  return useMemo(() => {
    const isPage = ({ id }: Entry): boolean => id.startsWith("page-");
    const entries = [...everywhere.filter(isPage), ...ofThePast, ...everywhere.filter((entry) => !isPage(entry))];
    return matching(entries, typed).slice(0, mostShown);
  }, [everywhere, ofThePast, typed]);
}

function useEntries(): Entry[] {
  const { text, say, language, setLanguage } = useWords();
  const { view, workspace, whatIf } = useDesk();
  const { setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  return useMemo(() => {
    const go =
      (to: string, params: Record<string, string> = {}) =>
      (): void =>
        void navigate({ to: to as "/w/$workspace", params: { workspace: view.id, ...params } });
    const page = (name: keyof typeof text.nav & string, to: string): Entry => ({
      id: `page-${name}`,
      name: String(text.nav[name]),
      kind: text.palette.page,
      also: to,
      run: go(to),
    });
    const both = (name: Parameters<typeof say>[0]): string => (typeof name === "string" ? name : `${name?.en} ${name?.zh}`);
    return [
      page("decisions", "/w/$workspace"),
      page("questions", "/w/$workspace/questions"),
      page("agenda", "/w/$workspace/agenda"),
      page("evidence", "/w/$workspace/evidence"),
      page("map", "/w/$workspace/map"),
      page("lab", "/w/$workspace/lab"),
      page("settings", "/w/$workspace/settings"),
      { id: "do-what-if", name: text.whatIf.open, kind: text.palette.action, also: "what if 假设", run: () => whatIf.show(true) },
      {
        id: "do-language",
        name: text.otherLanguage,
        kind: text.palette.action,
        also: "language 语言",
        run: () => setLanguage(language === "en" ? "zh" : "en"),
      },
      ...(["light", "dark", "auto"] as const).map((scheme) => ({
        id: `do-${scheme}`,
        name: `${text.theme.name}${text.state.colon}${text.theme[scheme]}`,
        kind: text.palette.action,
        also: "theme 外观",
        run: () => setColorScheme(scheme),
      })),
      ...workspace.companies.map((company) => ({
        id: `company-${company.id}`,
        name: say(company.name),
        kind: text.palette.company,
        also: `${company.id} ${both(company.name)}`,
        run: go("/w/$workspace/companies/$company", { company: company.id }),
      })),
      ...workspace.questions.map((question) => ({
        id: `question-${question.id}`,
        name: say(question.text),
        kind: text.palette.question,
        also: `${question.id} ${both(question.text)}`,
        run: go("/w/$workspace/questions/$question", { question: question.id }),
      })),
    ];
  }, [language, navigate, say, setColorScheme, setLanguage, text, view.id, whatIf, workspace]);
}

/** Entries that hold every word typed; those whose name begins with it first. */
function matching(entries: Entry[], typed: string): Entry[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const first = words[0] ?? "";
  return entries
    .filter(({ name, also }) => words.every((word) => `${name} ${also}`.toLowerCase().includes(word)))
    .sort((one, other) => Number(other.name.toLowerCase().startsWith(first)) - Number(one.name.toLowerCase().startsWith(first)));
}
