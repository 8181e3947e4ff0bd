import type { WorkspaceReading } from "@watershed/workspace-files";

/** The folder of a workspace, as the faces reach it. */
export {
  appendStreams as rememberStreams,
  newWorkspace as startWorkspace,
  readCaseFile as openCaseFile,
  readWorkspace as openWorkspace,
} from "@watershed/workspace-files";
export type OpenedWorkspace = WorkspaceReading;
