import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useSave } from "../data/save.tsx";
import { useWords } from "../language/language.tsx";
import { Failed } from "../shell/states.tsx";
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

/** Makes a result a note about a company, with its figures, its key and the way back to it. */
export function Attach({ setting, figures, close }: AttachProps): ReactNode {
  const { text: page, say } = useWords();
  const text = useLabWords();
  const words = useLabFigureWords();
  const { workspace } = useDesk();
  const { save, pending, error, dialog } = useSave();
  const [company, choose] = useState<string | null>(null);
  const [title, name] = useState(text.noteTitle(setting.aiModel, words.count(setting.chips), setting.chip));
  const attach = async (): Promise<void> => {
    if (company === null || !figures.run) return;
    const saved = await save({
      kind: "notes",
      item: {
        id: `lab-${figures.run.key}-${company}`,
        about: [company],
        on: workspace.settings.asOf,
        title,
        text: noteText(figures, location.href, text, words),
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
