import type { Action, ActionStatus, Language, Observation, Question, Text } from "@watershed/domain";
import { identifier } from "../data/identifier.ts";

export type Quality = "sensitivity" | "specificity" | "hitRate" | "noise" | "relativeNoise";

/** What an action is to tell about one question, as it stands in the fields of its form. */
export interface ObservationDraft {
  question: string;
  qualities: Partial<Record<Quality, string>>;
  experts: string;
  before?: Observation; // what stood there, with what the form does not show
}

/** An action as it stands in the fields of its form. */
export interface ActionDraft {
  name: string;
  kind: Action["kind"];
  company: string | null;
  about: ObservationDraft[];
  cost: string;
  delayDays: string;
  on: string; // the day of the result, in place of a delay
  owner: string | null;
  status: ActionStatus;
  doneOn: string;
}

/** How an answer's reliability is stated, by the kind of question; none where a panel or a table says it, which a form leaves as they are. */
export function qualitiesOf(kind: Question["kind"], before?: Observation): Quality[] {
  if (before?.panel || before?.confusion) return [];
  if (kind === "yesNo") return ["sensitivity", "specificity"];
  if (kind === "oneOf") return ["hitRate"];
  return before?.relativeNoise === undefined ? ["noise"] : ["relativeNoise"];
}

/** The fields of an action, or of a new one about a question. */
export function draftOf(action: Action | undefined, question: string | undefined, language: Language): ActionDraft {
  const about = action?.about ?? (question === undefined ? [] : [{ question }]);
  return {
    name: saidIn(action?.name, language),
    kind: action?.kind ?? "referenceCall",
    company: action?.company ?? null,
    about: about.map(observationDraft),
    cost: String(action?.cost ?? ""),
    delayDays: String(action?.delayDays ?? ""),
    on: action?.on ?? "",
    owner: action?.owner ?? null,
    status: action?.status ?? "planned",
    doneOn: action?.doneOn ?? "",
  };
}

function observationDraft(before: Observation): ObservationDraft {
  const { question, sensitivity, specificity, hitRate, noise, relativeNoise, experts } = before;
  const stated = Object.entries({ sensitivity, specificity, hitRate, noise, relativeNoise }).flatMap(([name, written]) =>
    written === undefined ? [] : [[name, String(written)]],
  );
  return { question, qualities: Object.fromEntries(stated) as ObservationDraft["qualities"], experts: String(experts ?? ""), before };
}

interface DraftSetting {
  language: Language;
  today: string; // the day that counts where something is done and no day is given
  questions: Map<string, Question>;
  taken: string[]; // ids of other actions
}

/** The action that the fields say; what they do not show of an existing one stays as it was, its other language too. */
export function actionOf(draft: ActionDraft, action: Action | undefined, { language, today, questions, taken }: DraftSetting): Action {
  const {
    name,
    kind: _kind,
    about: _about,
    cost: _cost,
    company: _company,
    delayDays: _delay,
    on: _on,
    ...kept
  } = action ?? ({} as Action);
  const days = draft.delayDays.trim();
  return tracked(
    {
      ...kept,
      id: action?.id ?? freeId(draft.name, taken),
      name: typeof name === "object" ? { ...name, [language]: draft.name.trim() } : draft.name.trim(),
      kind: draft.kind,
      ...(draft.company ? { company: draft.company } : {}),
      about: draft.about.map((observation) => observationOf(observation, questions.get(observation.question))),
      cost: draft.cost.trim(),
      ...(draft.on ? { on: draft.on } : days === "" ? {} : { delayDays: Number(days) }),
    },
    { owner: draft.owner, status: draft.status, doneOn: draft.doneOn || today },
  );
}

interface Tracking {
  owner: string | null;
  status: ActionStatus;
  doneOn: string; // counts where it is done
}

/** The same action in other hands or further on. */
export function tracked(action: Action, { owner, status, doneOn }: Tracking): Action {
  const { owner: _owner, status: _status, doneOn: _doneOn, ...rest } = action;
  return { ...rest, ...(owner ? { owner } : {}), ...(status === "planned" ? {} : { status }), ...(status === "done" ? { doneOn } : {}) };
}

function observationOf({ question: id, qualities, experts, before }: ObservationDraft, question: Question | undefined): Observation {
  const same = before?.question === id ? before : undefined;
  const names = question ? qualitiesOf(question.kind, same) : [];
  const stated = names.flatMap((name) => (qualities[name]?.trim() ? [[name, qualities[name].trim()]] : []));
  const rest = Object.entries(same ?? {}).filter(([name]) => !names.includes(name as Quality) && name !== "experts");
  const count = experts.trim();
  return { ...Object.fromEntries(rest), question: id, ...Object.fromEntries(stated), ...(count === "" ? {} : { experts: Number(count) }) };
}

function saidIn(text: Text | undefined, language: Language): string {
  return text === undefined ? "" : typeof text === "string" ? text : text[language];
}

/** An id of the name's Latin words; of a name in Chinese, a number. */
function freeId(name: string, taken: string[]): string {
  const base = identifier(name).split("_").slice(0, 5).join("_") || "action";
  for (let count = 1; ; count++) {
    const candidate = count === 1 && base !== "action" ? base : `${base}_${count}`;
    if (!taken.includes(candidate)) return candidate;
  }
}
