import { say } from "@watershed/domain";
import type { Estimate } from "@watershed/domain";
import type { JointWorth } from "@watershed/workbench";
import { estimatedMoney, isWithinNoise, money, wrap } from "./figures.ts";
import { table } from "./layout.ts";
import type { Page } from "./review-text.ts";
import type { SettlingWording } from "./wording/settling-en.ts";

/** What several answers together are worth, beside each alone, and company by company. */
export function togetherLines(page: Page, words: SettlingWording, joint: JointWorth | undefined): string[] {
  const { text, language, terminal, names } = page;
  if (!joint) return [words.nothingTogether, ""];
  const { together, floor, distinguishable, lowerBound, alone, beyondTheSum, companies } = joint;
  const told = (worth: Estimate): string => (isWithinNoise(worth) ? text.notDistinguishable : estimatedMoney(worth, language));
  const rows = alone.map(({ question, worth }) => [
    `${say(names.questions.get(question)?.text, language)} ${terminal.colours.dim(question)}`,
    told(worth),
  ]);
  const more = beyondTheSum.amount >= 0;
  const apart = estimatedMoney({ ...beyondTheSum, amount: Math.abs(beyondTheSum.amount) }, language);
  const verdict = distinguishable ? text.floor(money(floor, together.unit, language)) : text.notDistinguishable;
  const split = companies.filter(({ together: worth }) => worth.amount > 0);
  const byCompany = split.map(({ company, together: worth }) => [say(names.companies.get(company), language), told(worth)]);
  return [
    terminal.colours.bold(words.together),
    ...wrap(words.togetherRow(estimatedMoney(together, language), verdict), terminal.width),
    ...wrap(words.lowerBound(estimatedMoney(lowerBound, language)), terminal.width).map(terminal.colours.dim),
    ...wrap(more ? words.beyond(apart) : words.within(apart), terminal.width).map(terminal.colours.dim),
    table([text.agendaColumns[0], words.alone], rows, [terminal.width - 30, 30]),
    ...(split.length > 0 ? [table([text.company, words.companyTogether], byCompany, [terminal.width - 30, 30])] : []),
    "",
  ];
}
