// Writes the figures of the compute lab's tables into its reference page in both languages: `node scripts/lab-tables.ts`. Labels and prose stay;
// a paper that has no line yet gets one at the end of the papers.
import { readFileSync, writeFileSync } from "node:fs";
import { publishedMemory, publishedRuns, validate, validateMemory } from "../packages/compute-lab/src/index.ts";
import type { MemoryValidation, PaperValidation, ValidationOptions } from "../packages/compute-lab/src/index.ts";

/** The page with today's figures in its tables of step times, of measured rows and of memory. */
export function withFigures(page: string): string {
  const { papers, dense, experts, all } = validate(publishedRuns);
  const { sources, all: totals } = validateMemory(publishedMemory, publishedRuns);
  const lines = page.split("\n");
  papers.forEach((paper, index) => {
    const place = paperLine(lines, paper);
    const label = paper.experts ? `${paper.group}${page.includes("，专家 |") ? "，专家" : ", experts"}` : paper.group;
    const line = `| ${label} | ${figures(paper)}`;
    if (place >= 0) lines[place] = line;
    else lines.splice(paperLine(lines, papers[index - 1]) + 1, 0, line);
  });
  const bold = lines.flatMap((line, place) => (line.startsWith("| **") ? [place] : []));
  [dense, experts, all].forEach((sum, index) => (lines[bold[index]] = `| ${cells(lines[bold[index]])[0]} | ${figures(sum)}`));
  const known = lines.flatMap((line, place) => (/^\| [123] \|/.test(line) ? [place] : []));
  ways.forEach((way, index) => (lines[known[index]] = `| ${way.knownRows} | ${cells(lines[known[index]])[1]} | ${knownFigures(way)}`));
  const memory = lines.findIndex((line) => line.startsWith("## ") && /memory|内存|显存/i.test(line));
  const counted = lines.flatMap((line, place) => (place > memory && /^\| .+ \| \d+ \| /.test(line) ? [place] : []));
  [...sources, totals].forEach((source, index) => (lines[counted[index]] = memoryLine(lines[counted[index]], source)));
  return lines.join("\n");
}

const ways: (ValidationOptions & { knownRows: number })[] = [{}, { sameRelease: true }, { known: "random" as const }].flatMap((way) =>
  [1, 2, 3].map((knownRows) => ({ knownRows, ...way })),
);

function paperLine(lines: string[], { group, experts }: PaperValidation): number {
  return lines.findIndex((line) => {
    const [label = ""] = cells(line);
    return label === group ? !experts : experts && label.startsWith(group) && /^(, experts|，专家)$/.test(label.slice(group.length));
  });
}

const cells = (line: string): string[] => line.split("|").slice(1, -1).map((cell) => cell.trim()); // prettier-ignore
const percent = (amount: number): string => `${(100 * amount).toFixed(1)} %`;
const signed = (amount: number): string => `${amount >= 0 ? "+" : "−"}${percent(Math.abs(amount))}`;
const whole = (share: number): string => `${Math.round(100 * share)} %`;

function figures({ rows, meanAbsoluteError, medianAbsoluteError, bias, coverage, worst }: PaperValidation): string {
  return `${rows} | ${percent(meanAbsoluteError)} | ${percent(medianAbsoluteError)} | ${signed(bias)} | ${whole(coverage)} | ${worst.id} ${signed(worst.error)} |`;
}

function knownFigures(way: ValidationOptions): string {
  const { dense, experts } = validate(publishedRuns, way);
  return [dense, experts].map(({ meanAbsoluteError, medianAbsoluteError, coverage }) => `${percent(meanAbsoluteError)} | ${percent(medianAbsoluteError)} | ${whole(coverage)} |`).join(" "); // prettier-ignore
}

/** The last line is that of all sources, whose worst row another line has named. */
function memoryLine(line: string, { rows, meanAbsoluteError, bias, coverage, worst, group }: MemoryValidation): string {
  const [label, , measured, , , , last] = cells(line);
  const end = group === "" ? last : `${worst.id} ${signed(worst.error)}`;
  return `| ${label} | ${rows} |${measured === "" ? "" : ` ${measured}`} | ${percent(meanAbsoluteError)} | ${signed(bias)} | ${whole(coverage)} | ${end} |`;
}

if (import.meta.main)
  for (const language of ["en", "zh"]) {
    const file = new URL(`../docs/${language}/reference/compute-lab.md`, import.meta.url);
    writeFileSync(file, withFigures(readFileSync(file, "utf8")));
  }
