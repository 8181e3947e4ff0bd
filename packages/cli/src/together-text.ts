import { say } from "@watershed/domain";
import type { JointWorth } from "@watershed/workbench";
import { estimatedMoney, money, wrap } from "./figures.ts";
import { table } from "./layout.ts";
import type { Page } from "./review-text.ts";
import type { SettlingWording } from "./wording/settling-en.ts";

/** What several answers together are worth, beside each alone. */
export function togetherLines(page: Page, words: SettlingWording, joint: JointWorth | undefined): string[] {
  const { text, language, terminal, names } = page;
  if (!joint) return ["", words.nothingTogether];
  const { together, floor, distinguishable, lowerBound, alone, beyondTheSum } = joint;
  const rows = alone.map(({ question, worth }) => [
    `${say(names.questions.get(question)?.text, language)} ${terminal.colours.dim(question)}`,
    estimatedMoney(worth, language),
  ]);
  const more = beyondTheSum.amount >= 0;
  const apart = estimatedMoney({ ...beyondTheSum, amount: Math.abs(beyondTheSum.amount) }, language);
  const verdict = distinguishable ? text.floor(money(floor, together.unit, language)) : text.notDistinguishable;
  return [
    "",
    terminal.colours.bold(words.together),
    ...wrap(words.togetherRow(estimatedMoney(together, language), verdict), terminal.width),
    ...wrap(words.lowerBound(estimatedMoney(lowerBound, language)), terminal.width).map(terminal.colours.dim),
    ...wrap(more ? words.beyond(apart) : words.within(apart), terminal.width).map(terminal.colours.dim),
    table([text.agendaColumns[0], words.alone], rows, [terminal.width - 26, 26]),
  ];
}
