import { writeWorkspace } from "@watershed/workspace-files";
import type { FileProblem, WorkspaceReading } from "@watershed/workspace-files";
import { generateWorkspace } from "./generate-workspace.ts";
import type { GeneratedSize } from "./generate-workspace.ts";

/** The folder of a workspace, as the faces reach it. */
export {
  appendStreams as rememberStreams,
  newWorkspace as startWorkspace,
  readCaseFile as openCaseFile,
  readWorkspace as openWorkspace,
} from "@watershed/workspace-files";
export type OpenedWorkspace = WorkspaceReading;

/** Fills an empty folder with an invented workspace; the problems, and the files that were written. */
export function startGeneratedWorkspace(folder: string, size: GeneratedSize): Promise<{ problems: FileProblem[]; files: string[] }> {
  return writeWorkspace(folder, generateWorkspace(size));
}
