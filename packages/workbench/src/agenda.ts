import { sumOfEvppi } from "@watershed/decision";
import type { Evppi } from "@watershed/decision";
import type { Question, Workspace } from "@watershed/domain";
import type { ReviewedCompany } from "./review-companies.ts";
import type { AgendaItem } from "./review.ts";
import { estimate } from "./run-key.ts";

/** Open questions by what answering them is worth over all companies, and what each answer would change. */
export function agendaOf(workspace: Workspace, key: string, reviewed: ReviewedCompany[]): AgendaItem[] {
  const items = workspace.questions.flatMap((question): AgendaItem[] => {
    const parts = reviewed.flatMap(({ review, evppis }) => {
      const evppi = evppis.get(question.id);
      return evppi ? [{ company: review.company.id, evppi, today: review.best.alternative }] : [];
    });
    if (parts.length === 0) return [];
    const { amount, standardError, floor, distinguishable } = sumOfEvppi(parts);
    const changes = parts
      .flatMap(({ company, evppi, today }) => changesOf(question, evppi, today).map((change) => ({ ...change, company, instead: today })))
      .filter(({ probability, gain }) => probability * gain >= 0.02 * amount)
      .sort((one, other) => other.probability * other.gain - one.probability * one.gain);
    return [
      {
        question,
        worth: estimate({ amount, standardError }, workspace.settings.currency, key),
        floor,
        distinguishable,
        changes,
        companies: parts.map((part) => part.company),
      },
    ];
  });
  return items.sort((one, other) => Number(other.distinguishable) - Number(one.distinguishable) || other.worth.amount - one.worth.amount);
}

interface Change {
  from: number;
  to: number;
  best: string;
  probability: number;
  gain: number;
}

/**
 * The answers after which a company's best alternative is another one than today's; the outermost stretches of a number or
 * a date are open. Neighbouring stretches that both leave today's alternative are one, named by what gains most in them:
 * where two others nearly tie, which of them leads in a narrow stretch is noise.
 */
function changesOf(question: Question, evppi: Evppi, today: string): Change[] {
  if (!evppi.distinguishable) return [];
  const open = question.kind === "number" || question.kind === "date";
  const changes: Change[] = [];
  evppi.answers.forEach((answer, index) => {
    if (answer.best === today) return;
    const from = open && index === 0 && answer.to < Infinity ? -Infinity : answer.from;
    const to = open && index === evppi.answers.length - 1 ? Infinity : answer.to;
    const follows = open && index > 0 && evppi.answers[index - 1].best !== today && answer.from < Infinity;
    if (follows) changes.push(joined(changes.pop()!, { ...answer, from, to }));
    else changes.push({ ...answer, from, to });
  });
  return changes;
}

function joined(before: Change, after: Change): Change {
  const [one, other] = [before.probability * before.gain, after.probability * after.gain];
  const probability = before.probability + after.probability;
  return { from: before.from, to: after.to, best: one >= other ? before.best : after.best, probability, gain: (one + other) / probability };
}
