import type { Language } from "@watershed/domain";
import { say } from "@watershed/domain";
import type { TriggerWatch } from "@watershed/workbench";
import type { Wording } from "./wording/en.ts";

/** What an alternative's name is made from: the words, and the triggers that it may wait for. */
export interface NamedAlternatives {
  text: Wording;
  language: Language;
  review: { triggers: Pick<TriggerWatch, "trigger" | "name" | "deadline">[] };
}

/** An alternative as a heading: Invest now, Wait: ... (until ...), Pass. */
export function alternativeLong(page: NamedAlternatives, name: string): string {
  const { text } = page;
  if (name.startsWith("wait:")) return waitedFor(page, name, text.waitFor);
  return name === "now" ? text.now : name === "staged" ? text.stagedName : text.pass;
}

/** An alternative inside a sentence. */
export function alternativeShort(page: NamedAlternatives, name: string): string {
  const { text } = page;
  if (name.startsWith("wait:")) return waitedFor(page, name, text.waitForShort);
  return name === "now" ? text.nowShort : name === "staged" ? text.stagedShort : text.passShort;
}

/** The triggers of an alternative in one breath, and the last of their deadlines. */
function waitedFor(
  { review, text, language }: NamedAlternatives,
  name: string,
  word: (triggers: string, deadline: string) => string,
): string {
  const ids = name.slice("wait:".length).split("+");
  const triggers = ids.flatMap((id) => review.triggers.find(({ trigger }) => trigger === id) ?? []);
  const deadlines = triggers.map(({ deadline }) => deadline).sort();
  return word(triggers.map((trigger) => say(trigger.name, language)).join(text.orTrigger), deadlines.at(-1) ?? "");
}
