import { say } from "@watershed/domain";
import type { CompanyExplanation, WaitReview } from "@watershed/workbench";
import { breakEvenText } from "./break-even-text.ts";
import { estimatedMoney, money, percent, wrap } from "./figures.ts";
import { alternativeLong } from "./alternative-names.ts";
import type { Page } from "./review-text.ts";

/** Every way of waiting: how likely its triggers are, when, and what access and what price it can bear. */
export function waitLines(page: Page, { company, stepUps }: CompanyExplanation): string[] {
  const { text, terminal } = page;
  if (company.waits.length === 0) return [];
  const rows = company.waits.flatMap((wait) => {
    const name = `wait:${wait.trigger}`;
    const row = text.waitRow(alternativeLong(page, name), percent(wait.probabilityTriggers), percent(wait.probabilityInvests));
    return [
      `  ${row}`,
      ...inner(page, wait),
      `    ${breakEvenText(
        text,
        text.waited,
        wait,
        stepUps.find((one) => one.alternative === name),
      )}`,
    ];
  });
  return ["", terminal.colours.bold(text.waiting), ...rows.flatMap((row) => hanging(row, terminal.width))];
}

/** The small ticket with its right: what each part is worth, how often we follow on, how much money it takes. */
export function stageLines(page: Page, { company, stepUps }: CompanyExplanation): string[] {
  const { text, terminal, language } = page;
  const { stage } = company;
  if (!stage) return [];
  const { followOn } = stage;
  const rows = [
    `  ${text.stageRow(money(stage.ticket, stage.unit, language), estimatedMoney(stage.withoutRight, language), estimatedMoney(stage.worthOfRight, language))}`,
    `    ${text.followsOn(say(followOn.name, language), percent(followOn.probabilityTriggers), percent(stage.probabilityFollowsOn), estimatedMoney(stage.expectedMoney, language))}`,
    ...inner(page, followOn),
    `    ${breakEvenText(
      text,
      text.staged,
      followOn,
      stepUps.find((one) => one.alternative === "staged"),
    )}`,
  ];
  return ["", terminal.colours.bold(text.staging), ...rows.flatMap((row) => hanging(row, terminal.width))];
}

function inner({ text, language }: Page, wait: WaitReview): string[] {
  const { fires, invests, triggers } = wait;
  const between = fires
    ? [`    ${text.firesBetween(fires.from, fires.to)}${invests ? text.clause + text.investsBetween(invests.from, invests.to) : ""}`]
    : [];
  if (triggers.length === 1) return between;
  const each = triggers.map(
    ({ name, deadline, probabilityFirst, probabilityInvests }) =>
      `    ${text.firstRow(say(name, language), deadline, percent(probabilityFirst), percent(probabilityInvests))}`,
  );
  return [...each, ...between];
}

/** A line wrapped under its own indentation. */
function hanging(line: string, width: number): string[] {
  const lead = /^ */.exec(line)![0];
  return wrap(line.slice(lead.length), width - lead.length).map((row) => lead + row);
}
