import type { Item, Workspace } from "@watershed/domain";

/** A new person for a member who joins: the name as given, an id that formulas can use and that nobody has yet. */
export function personFor(
  workspace: Pick<Workspace, "people">,
  member: { name: string; role: "partner" | "analyst" | "observer" },
): Item<"people"> {
  const taken = new Set(workspace.people.map(({ id }) => id));
  const stem = stemOf(member.name);
  const ids = Array.from({ length: taken.size + 1 }, (_, place) => (place === 0 ? stem : `${stem}_${place + 1}`));
  return { id: ids.find((id) => !taken.has(id))!, name: member.name, role: member.role };
}

/** The Latin letters of a name; a name without any is a member. */
function stemOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
  const words = plain.match(/[a-z0-9]+/g) ?? [];
  const stem = words.join("_").slice(0, 40);
  return /^[a-z]/.test(stem) ? stem : "member";
}
