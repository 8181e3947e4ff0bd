/** What the commands of the database say in English; the Chinese table has the same shape. */
export const databaseEn = {
  opening: (address: string) => `Opening the database (${address}) ...`,
  imported: (folder: string, id: string, items: number) => `Took ${items} items from ${folder} into the database as ${id}.`,
  importedNext: (id: string) => `To take it out again: watershed export ${id} FOLDER`,
  updated: (folder: string, id: string, items: number, change: number) =>
    `${id} is now as in ${folder}: ${items === 1 ? "1 item" : `${items} items`} changed (change ${change}).`,
  upToDate: (folder: string, id: string) => `${id} was as in ${folder} already; nothing was written.`,
  kept: (count: number) =>
    count === 1
      ? "One problem of the folder was taken along; watershed check tells how to mend it."
      : `${count} problems of the folder were taken along; watershed check tells how to mend them.`,
  notImported: "Nothing was imported: what could not be read would be lost.",
  exported: (id: string, folder: string, files: number, change: number, at: string) =>
    `Wrote ${id} as of change ${change} (${at}) into ${folder}: ${files} files.`,
  backedUp: (file: string, counts: string) => `Wrote ${file} and read it back: ${counts}.`,
  keepSafe: "It holds private notes and, where people sign in, their password hashes: keep it as safe as the database.",
  restored: (file: string, counts: string) => `Restored from ${file}: ${counts}.`,
  restoredNothing: (file: string) => `The database already held everything in ${file}; nothing was changed.`,
  counts: {
    workspaces: ["workspace", "workspaces"],
    changes: ["change", "changes"],
    versions: ["version of items", "versions of items"],
    events: ["event", "events"],
    rows: ["row about signing in", "rows about signing in"],
  },
  none: (address: string) => `The database (${address}) holds no workspace yet. To add one: watershed import FOLDER`,
  columns: ["Workspace", "Name", "Changes", "Last changed", "By"],
  archived: "put away",
};
export type DatabaseWording = typeof databaseEn;
