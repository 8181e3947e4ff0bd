import type { DomainProblemCode } from "@watershed/domain";

/** A stretch of a file: lines and columns count from 1, columns in characters; the end is exclusive. */
export interface FilePlace {
  /** Relative to the folder of the workspace, with forward slashes; empty for the folder itself. */
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** What can be wrong with a folder or a file, apart from the items in it. */
export type FileProblemCode =
  | "folderMissing"
  | "notAFolder"
  | "notAWorkspace"
  | "folderNotEmpty"
  | "tooManyFiles"
  | "unreadableFile"
  | "fileTooLarge"
  | "notUtf8"
  | "tabIndentation"
  | "duplicateKey"
  | "yamlSyntax"
  | "formulaNeedsQuotes"
  | "textNeedsQuotes"
  | "unknownAlias"
  | "aliasBomb"
  | "unknownTag"
  | "nestedTooDeep"
  | "multipleDocuments"
  | "frontMatterUnclosed"
  | "notAMap"
  | "notAList"
  | "unknownList"
  | "settingsTwice"
  | "settingsMissing"
  | "streamsRepeated"
  | "referencesUnchecked"
  | "changedOnDisk"
  | "placeNotFound"
  | "editsOverlap"
  | "editRefused"
  | "badFileName"
  | "fileExists"
  | "folderNotWritable";

/** One problem of a workspace on disk; the codes of the domain pass through unchanged. */
export interface FileProblem {
  code: FileProblemCode | DomainProblemCode;
  severity: "error" | "warning";
  at: FilePlace;
  params: Record<string, string | number | string[]>;
}

/** A place for what concerns a whole file, or the whole folder where no file is named. */
export function wholeFile(file = ""): FilePlace {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

/** An error that concerns a whole file or folder. */
export function fileProblem(code: FileProblemCode, file: string, params: FileProblem["params"] = {}): FileProblem {
  return { code, severity: "error", at: wholeFile(file), params };
}
