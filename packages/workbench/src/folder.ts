import { writeWorkspace } from "@watershed/workspace-files";
import type { FileProblem, WorkspaceReading } from "@watershed/workspace-files";
import type { GeneratedSize } from "./generated-size.ts";

/** The folder of a workspace, as the faces reach it. */
export {
  appendStreams as rememberStreams,
  newWorkspace as startWorkspace,
  readCaseFile as openCaseFile,
  readWorkspace as openWorkspace,
  writeWorkspace as saveWorkspaceAs,
} from "@watershed/workspace-files";
export type OpenedWorkspace = WorkspaceReading;

/** Fills an empty folder with an invented workspace; the problems, and the files that were written. */
export async function startGeneratedWorkspace(folder: string, size: GeneratedSize): Promise<{ problems: FileProblem[]; files: string[] }> {
  const { generateWorkspace } = await import("./generate-workspace.ts");
  return writeWorkspace(folder, generateWorkspace(size));
}
