import { resolve } from "node:path";
import { schemaNames, schemaOf } from "@watershed/domain";
import { generatedLimits, startGeneratedWorkspace, startWorkspace } from "@watershed/workbench";
import type { LocatedProblem } from "@watershed/workbench";
import { exitCodes } from "../exit-codes.ts";
import { problemsText } from "../problems-text.ts";
import type { Terminal } from "../terminal.ts";
import { wordingOf } from "../wording/wording.ts";
import { readFlags } from "./options.ts";

/** `watershed schema`: the JSON Schema of one kind on stdout. */
export function schemaCommand(terminal: Terminal, name: string, flags: { lang?: string }): number {
  const schema = schemaOf(name);
  if (schema) {
    terminal.out(`${JSON.stringify(schema, null, 2)}\n`);
    return exitCodes.done;
  }
  const { text } = wordingOf(flags.lang);
  terminal.err(`${text.unknownSchema(name, schemaNames.join(text.listSeparator))}\n`);
  return exitCodes.wrongCall;
}

export interface NewFlags {
  lang?: string;
  size?: string; // 150x60: questions x companies
  seed?: string;
}

/** `watershed new`: a small workspace in an empty folder, or with `--size` an invented one of that size. */
export async function newCommand(terminal: Terminal, folder: string, flags: NewFlags): Promise<number> {
  const { text } = wordingOf(flags.lang);
  const full = resolve(terminal.cwd, folder);
  if (flags.size === undefined && flags.seed === undefined) return told(terminal, flags, await startWorkspace(full), text.created(folder));
  const size = sizeOf(flags.size ?? "");
  if (!size) {
    terminal.err(`${text.badSize(flags.size ?? "", generatedLimits.questions, generatedLimits.companies)}\n`);
    return exitCodes.wrongCall;
  }
  const run = readFlags({ seed: flags.seed }, text, terminal);
  if (!run) return exitCodes.wrongCall;
  const { problems, files } = await startGeneratedWorkspace(full, { ...size, seed: run.seed ?? 1 });
  return told(terminal, flags, problems, text.generated(folder, size.questions, size.companies, files.length));
}

function told(terminal: Terminal, flags: NewFlags, problems: LocatedProblem[], success: string): number {
  const { language, text } = wordingOf(flags.lang);
  if (problems.length > 0) {
    terminal.err(problemsText(problems, text, language, terminal));
    return exitCodes.materialHasErrors;
  }
  terminal.out(`${success}\n`);
  return exitCodes.done;
}

/** The questions and companies of `150x60`; undefined where that is no size, or one beyond the limits. */
function sizeOf(written: string): { questions: number; companies: number } | undefined {
  const [, questions, companies] = /^(\d{1,6})[x×](\d{1,6})$/.exec(written)?.map(Number) ?? [];
  const within = (count: number, most: number): boolean => count >= 1 && count <= most;
  return within(questions, generatedLimits.questions) && within(companies, generatedLimits.companies)
    ? { questions, companies }
    : undefined;
}
