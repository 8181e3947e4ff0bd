import { resolve } from "node:path";
import { schemaNames, schemaOf } from "@watershed/domain";
import { startWorkspace } from "@watershed/workbench";
import { exitCodes } from "../exit-codes.ts";
import { problemsText } from "../problems-text.ts";
import type { Terminal } from "../terminal.ts";
import { wordingOf } from "../wording/wording.ts";

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

/** `watershed new`: a small workspace in an empty folder. */
export async function newCommand(terminal: Terminal, folder: string, flags: { lang?: string }): Promise<number> {
  const { language, text } = wordingOf(flags.lang);
  const problems = await startWorkspace(resolve(terminal.cwd, folder));
  if (problems.length > 0) {
    terminal.err(problemsText(problems, text, language, terminal));
    return exitCodes.materialHasErrors;
  }
  terminal.out(`${text.created(folder)}\n`);
  return exitCodes.done;
}
