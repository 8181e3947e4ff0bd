import { Button, Checkbox, Modal, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useSave } from "../data/save.tsx";
import { useWords } from "../language/language.tsx";
import { Failed } from "../shell/states.tsx";
import { resultAsFact } from "./result-as-fact.ts";
import { addressOf } from "./setting.ts";
import type { LabFigures } from "./use-lab.ts";
import type { LabSetting } from "./setting.ts";
import { useLabFigureWords, useLabWords, verdictOf } from "./words.ts";
import type { LabFigureWords } from "./words.ts";
import type { LabPageWording } from "../wording/lab-page-en.ts";

interface AttachProps {
  setting: LabSetting;
  figures: LabFigures;
  close: () => void;
}

/** Makes a result a note about a company, with its figures, its key and the way back to it, and a fact that forecasts and resolutions can cite. */
export function Attach({ setting, figures, close }: AttachProps): ReactNode {
  const { text: page, say } = useWords();
  const text = useLabWords();
  const words = useLabFigureWords();
  const { workspace } = useDesk();
  const { save, pending, error, dialog } = useSave();
  const [company, choose] = useState<string | null>(null);
  const [title, name] = useState(text.noteTitle(setting.aiModel, words.count(setting.chips), chipsOf(setting, words)));
  const [asFact, cite] = useState(true);
  const attach = async (): Promise<void> => {
    if (company === null || !figures.run?.days) return;
    if (asFact && !(await keepFact(resultAsFact(setting, figures, addressOf(setting, location), title), workspace, save))) return;
    const id = `lab-${figures.run.key}-${company}`;
    // the same key has the same figures: a result that is attached already stays as it is
    if (workspace.notes.some((note) => note.id === id)) return close();
    const saved = await save({
      kind: "notes",
      item: {
        id,
        about: [company],
        on: workspace.settings.asOf,
        title,
        text: noteText(figures, addressOf(setting, location), text, words),
      },
    });
    if (saved) close();
  };
  return (
    <Modal opened onClose={close} title={text.attachTitle} closeButtonProps={{ "aria-label": page.state.close }}>
      <div className="stack">
        <p className="small soft">{text.attachWhy}</p>
        <Select
          label={text.attachCompany}
          searchable
          value={company}
          onChange={choose}
          data={workspace.companies.map((one) => ({ value: one.id, label: say(one.name) }))}
        />
        <TextInput label={text.attachTitleField} value={title} onChange={({ target }) => name(target.value)} />
        <Checkbox
          label={text.attachFact}
          description={text.attachFactWhy}
          checked={asFact}
          onChange={({ target }) => cite(target.checked)}
        />
        {error && <Failed error={error} />}
        <div className="row">
          <Button loading={pending} disabled={company === null || title.trim() === "" || !figures.run} onClick={() => void attach()}>
            {text.attach}
          </Button>
          <Button variant="default" onClick={close}>
            {page.state.cancel}
          </Button>
        </div>
        {dialog}
      </div>
    </Modal>
  );
}

/** The chips of the first site, and of those that are not like it. */
function chipsOf({ chip, others }: LabSetting, { count }: LabFigureWords): string {
  return [chip, ...others.map((one) => `${count(one.chips)} × ${one.chip}`)].join(" + ");
}

/** Writes a fact and the source that stands behind it, each unless it is there already; false where one could not be written. */
async function keepFact(
  { source, fact }: ReturnType<typeof resultAsFact>,
  { sources, facts, settings }: ReturnType<typeof useDesk>["workspace"],
  save: ReturnType<typeof useSave>["save"],
): Promise<boolean> {
  if (facts.some(({ id }) => id === fact.id)) return true;
  const known = sources.some(({ id }) => id === source.id);
  if (!known && !(await save({ kind: "sources", item: source }))) return false;
  return (await save({ kind: "facts", item: { ...fact, date: settings.asOf } })) !== undefined;
}

/** The note in Markdown: a table of figures with their bands, the key, the link. */
export function noteText({ step, run }: LabFigures, link: string, text: LabPageWording, words: LabFigureWords): string {
  const { stepSeconds, stepSecondsLow: low, stepSecondsHigh: high, mfu, memory } = step!.prediction!;
  const rows: [string, string, string][] = [
    [text.figures.step, words.seconds(stepSeconds), words.band({ low, high, unit: "seconds" })],
    [text.figures.mfu, words.share(mfu), ""],
    [text.figures.memory, words.bytes(memory.totalBytes), verdictOf({ memory, mayFit: step!.mayFit ?? false }, text, words)],
  ];
  const figures = [
    [text.figures.days, run?.days],
    [text.figures.goodput, run?.goodput],
    [text.costRows.rental, run?.cost?.rental],
    [text.costRows.owned, run?.cost?.owned],
  ] as const;
  for (const [name, of] of figures) if (of) rows.push([name, words.of(of.amount, of.unit), words.band(of)]);
  return [
    `| ${text.figure} | ${text.amount} | ${text.bandWhy} |`,
    "| --- | ---: | ---: |",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
    text.noteKey(run?.key ?? ""),
    "",
    `[${text.noteLink}](${link})`,
    "",
  ].join("\n");
}
