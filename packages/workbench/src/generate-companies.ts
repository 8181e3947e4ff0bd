import type { Workspace } from "@watershed/domain";
import { dice } from "./dice.ts";
import { nameStems, trackTemplates } from "./wording/generated-companies.ts";
import type { TrackTemplate } from "./wording/generated-companies.ts";

/** A company of a generated workspace and the field it works in. */
export interface GeneratedCompany {
  id: string;
  name: { en: string; zh: string };
  track: TrackTemplate;
}

/** Companies with names that read naturally, no two alike, spread over the tracks. */
export function draftCompanies(count: number, seed: number): GeneratedCompany[] {
  const chance = dice(seed, "generate/companies");
  const stems = chance.shuffled(nameStems);
  const tracks = chance.shuffled(trackTemplates).slice(0, Math.max(1, Math.min(trackTemplates.length, Math.round(count / 3))));
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / stems.length);
    const [stem, en, zh] = stems[index % stems.length];
    // A stem that comes round again takes another track or suffix: three steps never meet within sixteen.
    const slot = (index + 3 * round) % (2 * tracks.length);
    const track = tracks[slot % tracks.length];
    const suffix = track.suffixes[Math.floor(slot / tracks.length)];
    return {
      id: round === 0 ? stem : `${stem}_${suffix.en.toLowerCase()}`,
      name: { en: `${en} ${suffix.en}`, zh: `${zh}${suffix.zh}` },
      track,
    };
  });
}

/** The lists of a workspace that describe companies: tracks, companies, scores, rounds and what is held. */
export function companyLists(
  companies: GeneratedCompany[],
  people: string[],
  prices: Map<string, number>,
  seed: number,
): Pick<Workspace, "tracks" | "companies" | "assessments" | "rounds" | "positions"> {
  const tracks = [...new Set(companies.map((company) => company.track))];
  const rows = companies.map((company) => rowsOf(company, people, prices.get(company.id) ?? 100, seed));
  return {
    tracks: tracks.map(({ id, name, criteria }) => ({ id, name, criteria: criteria.map((one, place) => ({ ...one, weight: 3 - place })) })),
    companies: rows.map((row) => row.company),
    assessments: rows.flatMap((row) => row.assessments),
    rounds: rows.map((row) => row.round),
    positions: rows.flatMap((row) => row.positions),
  };
}

/** What is known of one company besides its case; `price` is what it asks, in millions. */
function rowsOf(
  { id, name, track }: GeneratedCompany,
  people: string[],
  price: number,
  seed: number,
): {
  company: Workspace["companies"][number];
  assessments: Workspace["assessments"];
  round: Workspace["rounds"][number];
  positions: Workspace["positions"];
} {
  const chance = dice(seed, `generate/company/${id}`);
  const held = chance.happens(0.15);
  const before = Math.max(5, Math.round(price * chance.between(0.35, 0.9)));
  const size = Math.max(1, Math.round(before * chance.between(0.1, 0.25)));
  return {
    company: {
      id,
      name,
      track: track.id,
      status: held ? "held" : "watched",
      description: {
        en: `Its product: ${track.product.en}. Invented for this workspace.`,
        zh: `主打${track.product.zh}，为本工作区虚构。`,
      },
    },
    assessments: track.criteria.flatMap((criterion) =>
      chance
        .shuffled(people)
        .slice(0, chance.whole(1, 2))
        .map((by) => ({ company: id, criterion: criterion.id, by, on: "2026-05-31", level: chance.whole(0, 4), illustrative: true })),
    ),
    round: {
      id: `${id}_last_round`,
      company: id,
      name: { en: "last round", zh: "上一轮" },
      date: chance.pick(["2024-11", "2025-03", "2025-06", "2025-09", "2025-12"]),
      postMoney: `USD ${before}M`,
      newMoney: `USD ${size}M`,
      sources: ["S-OURS"],
    },
    positions: held
      ? [{ company: id, on: "2025-12-31", invested: `USD ${Math.max(1, Math.round(size * 0.2))}M`, ownership: 0.03, illustrative: true }]
      : [],
  };
}
