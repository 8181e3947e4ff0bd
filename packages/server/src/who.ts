import type { Identity } from "./identity/identity.ts";

export type Who = { id: string; name: string } | null;

/** Names for the authors of things: of accounts, and of what Watershed itself or the command line has done. */
export async function whoIs(identity: Identity, authors: (string | undefined)[]): Promise<(author: string | undefined) => Who> {
  const ids = [...new Set(authors.filter((author) => author !== undefined))];
  const names = await identity.accounts.names(ids);
  return (author) => (author === undefined || author === "" ? null : { id: author, name: names.get(author) ?? ownName(author) });
}

/** What Watershed does of itself, such as bringing in the worked example, has this author. */
export const watershedItself = "watershed";

/** Whoever works on this machine by the command line without saying who it is. */
export const commandLine = "local";

function ownName(author: string): string {
  return author === watershedItself ? "Watershed" : author;
}
