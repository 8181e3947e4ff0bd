import { join } from "node:path";
import { defaultLimits, statusOf } from "./list-files.ts";
import { isSound, parseYaml } from "./parse-yaml.ts";
import { fileProblem } from "./problem.ts";
import type { FileProblem } from "./problem.ts";
import { readStreams, streamsFile } from "./read-items.ts";
import { blockItem } from "./render-value.ts";
import { readSourceFile } from "./source-file.ts";
import { editText } from "./edit-text.ts";
import { inTurn, writeAtomically } from "./write-atomically.ts";

/** Adds the names that are missing to the end of `streams.lock.yaml`, which it makes where there is none; names that are there keep their place. */
export async function appendStreams(folder: string, names: string[]): Promise<{ problems: FileProblem[]; streams: string[] }> {
  return inTurn(folder, async () => {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const before = await currentStreams(folder);
      if ("problems" in before) return { problems: before.problems, streams: [] };
      const missing = [...new Set(names)].filter((name) => !before.streams.includes(name));
      const streams = [...before.streams, ...missing];
      if (missing.length === 0) return { problems: [], streams };
      const content =
        before.text === undefined ? streamsText(streams) : editText(before.text, { change: "append", path: ["streams"], values: missing });
      if (content === undefined)
        return { problems: [fileProblem("editRefused", streamsFile, { change: "append", path: "streams" })], streams: before.streams };
      if (await writeAtomically(join(folder, streamsFile), content, before.hash)) return { problems: [], streams };
    }
    return { problems: [fileProblem("changedOnDisk", streamsFile)], streams: [] };
  });
}

/** Another program may append at the same moment; the file is read again then. */
const attempts = 5;

/** A new `streams.lock.yaml` with these names. */
export function streamsText(names: string[]): string {
  return `${header}streams:\n${names.map((name) => `  ${blockItem(name, 2)}\n`).join("")}`;
}

const header = `# Written by watershed. The position of a name is its dimension in the sequence of quasi-random points, so that adding a question
# leaves everybody's draws as they were. Keep it under version control; only ever add at the end.
# 由 watershed 写入。名称的位置就是它在准随机序列中的维度，因此新增问题不会改变其他变量的抽样。请纳入版本管理，只在末尾追加。
`;

async function currentStreams(folder: string): Promise<{ streams: string[]; text?: string; hash?: string } | { problems: FileProblem[] }> {
  const path = join(folder, streamsFile);
  if (!(await statusOf(folder))?.isDirectory()) return { problems: [fileProblem("folderMissing", "", { folder })] };
  if (!(await statusOf(path))) return { streams: [] };
  const { file, problem } = await readSourceFile(folder, streamsFile, defaultLimits.fileBytes);
  if (!file) return { problems: [problem!] };
  const yaml = parseYaml(file);
  const { streams, problems } = readStreams(yaml);
  if (!isSound(yaml) || problems.length > 0) return { problems: [...yaml.problems, ...problems] };
  return { streams, text: file.text, hash: file.hash };
}
