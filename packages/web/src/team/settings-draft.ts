import type { Settings, Text } from "@watershed/domain";

/** The settings as they stand in the fields of a form. */
export interface SettingsDraft {
  nameEnglish: string;
  nameChinese: string;
  descriptionEnglish: string;
  descriptionChinese: string;
  asOf: string;
  currency: string;
  rates: string;
  discountRate: string; // per cent
  cashRate: string; // per cent, empty for none
  events: string;
  quantities: string;
  attitude: string;
  tolerance: string;
  relativeAversion: string;
  wealth: string;
  seed: string;
}

export type DraftProblem = { field: keyof SettingsDraft; code: "badPercent" } | { field: "rates"; code: "badRates"; line: string };

/** What a form shows for the settings. */
export function draftOf(settings: Settings): SettingsDraft {
  const { name, description, rates, pooling, risk } = settings;
  return {
    ...inBoth("name", name),
    ...inBoth("description", description),
    asOf: settings.asOf,
    currency: settings.currency,
    rates: Object.entries(rates ?? {})
      .map(([currency, worth]) => `${currency} ${worth}`)
      .join("\n"),
    discountRate: percentOf(settings.discountRate),
    cashRate: settings.cashRate === undefined ? "" : percentOf(settings.cashRate),
    events: pooling?.events ?? "geometricOdds",
    quantities: pooling?.quantities ?? "linear",
    attitude: risk?.attitude ?? "neutral",
    tolerance: String(risk?.tolerance ?? ""),
    relativeAversion: String(risk?.relativeAversion ?? ""),
    wealth: String(risk?.wealth ?? ""),
    seed: String(settings.seed ?? ""),
  } as SettingsDraft;
}

/** The settings with what a draft changed; what it left as it was stays exactly so. Or what cannot be read in it. */
export function settingsOf(
  draft: SettingsDraft,
  before: Settings,
): { settings: Settings; problems?: undefined } | { settings?: undefined; problems: DraftProblem[] } {
  const was = draftOf(before);
  const problems: DraftProblem[] = [];
  const changed = (...fields: (keyof SettingsDraft)[]): boolean => fields.some((field) => draft[field] !== was[field]);
  const percent = (field: "discountRate" | "cashRate"): number => {
    const share = Number(draft[field].replace(/[%％\s]/g, "")) / 100;
    if (!(share >= 0 && share <= 2) || draft[field].trim() === "") problems.push({ field, code: "badPercent" });
    return Number(share.toPrecision(12));
  };
  const next: Record<string, unknown> = { ...before };
  const put = (field: keyof Settings, value: unknown): void => {
    if (value === undefined || value === "") delete next[field];
    else next[field] = value;
  };
  if (changed("nameEnglish", "nameChinese")) put("name", textOf(draft.nameEnglish, draft.nameChinese));
  if (changed("descriptionEnglish", "descriptionChinese")) put("description", textOf(draft.descriptionEnglish, draft.descriptionChinese));
  if (changed("asOf")) put("asOf", draft.asOf);
  if (changed("currency")) put("currency", draft.currency.trim().toUpperCase());
  if (changed("discountRate")) put("discountRate", percent("discountRate"));
  if (changed("cashRate")) put("cashRate", draft.cashRate.trim() === "" ? undefined : percent("cashRate"));
  if (changed("seed")) put("seed", draft.seed.trim() === "" ? undefined : Number(draft.seed));
  if (changed("events", "quantities")) put("pooling", { events: draft.events, quantities: draft.quantities });
  if (changed("rates"))
    put(
      "rates",
      ratesOf(draft.rates, (line) => problems.push({ field: "rates", code: "badRates", line })),
    );
  if (changed("attitude", "tolerance", "relativeAversion", "wealth")) put("risk", riskOf(draft, before));
  return problems.length > 0 ? { problems } : { settings: next as unknown as Settings };
}

function inBoth(field: "name" | "description", text: Text | undefined): Record<string, string> {
  const { en, zh } = typeof text === "object" ? text : { en: text ?? "", zh: text ?? "" };
  return { [`${field}English`]: en, [`${field}Chinese`]: zh };
}

/** One text where both languages say the same or one of them says nothing. */
function textOf(english: string, chinese: string): Text {
  const [en, zh] = [english.trim(), chinese.trim()];
  return en === "" || zh === "" || en === zh ? en || zh : { en, zh };
}

function percentOf(share: number): string {
  return String(Number((100 * share).toPrecision(12)));
}

function ratesOf(text: string, refuse: (line: string) => void): Record<string, number> | undefined {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const rates = lines.flatMap((line): [string, number][] => {
    const [, currency, worth] = /^\s*([A-Za-z]{3})[\s:：=]+(\d+(?:\.\d+)?)\s*$/.exec(line) ?? [];
    if (currency !== undefined && Number(worth) > 0) return [[currency.toUpperCase(), Number(worth)]];
    refuse(line.trim());
    return [];
  });
  return rates.length === 0 ? undefined : Object.fromEntries(rates);
}

function riskOf(draft: SettingsDraft, { risk }: Settings): Settings["risk"] {
  const kept = risk?.cvarLimit ? { cvarLimit: risk.cvarLimit } : {};
  const attitude = draft.attitude as "neutral" | "exponential" | "crra";
  if (attitude === "neutral") return risk?.cvarLimit ? kept : undefined;
  const formula = (typed: string): string | undefined => (typed.trim() === "" ? undefined : typed.trim());
  const parts =
    attitude === "exponential"
      ? { tolerance: formula(draft.tolerance) }
      : {
          relativeAversion: draft.relativeAversion.trim() === "" ? undefined : Number(draft.relativeAversion),
          wealth: formula(draft.wealth),
        };
  return { ...kept, attitude, ...Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) };
}
