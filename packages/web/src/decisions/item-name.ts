import type { ItemKind, Text, Workspace } from "@watershed/domain";
import { useDesk } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";

interface Named {
  name?: Text;
  text?: Text;
  statement?: Text;
  title?: Text;
  question?: string;
  company?: string;
  by?: string | string[];
}

/** What an item of the workspace is called: by its name, its text, or what it is about and whose it is. */
export function useItemName(): (kind: string, id: string) => string {
  const { workspace, view } = useDesk();
  const { say } = useWords();
  return (kind, id) => {
    const places = listed(view.places[kind as ItemKind]);
    const items = listed(workspace[kind as ItemKind] as (Named & { id?: string })[]);
    const item = items[places.findIndex((place) => place.id === id)] ?? items.find((one) => one.id === id);
    return item ? nameOfItem(item, workspace, say) : id;
  };
}

/** A list, where there is one: the settings are none, and some kinds are the store's alone. */
function listed<Item>(found: Item[] | undefined): Item[] {
  return Array.isArray(found) ? found : [];
}

/** The name of an item in hand. */
export function nameOfItem(item: object, { questions, people, companies }: Workspace, say: (text: Text | undefined) => string): string {
  const { name, text, statement, title, question, company, by } = item as Named;
  const own = name ?? statement ?? title ?? (typeof text === "string" && question === undefined && text.length > 120 ? undefined : text);
  if (own !== undefined) return say(own);
  const about =
    say(questions.find(({ id }) => id === question)?.text) ||
    say(companies.find(({ id }) => id === company)?.name) ||
    question ||
    company ||
    "";
  const whose = (Array.isArray(by) ? by : by ? [by] : [])
    .map((id) => say(people.find((person) => person.id === id)?.name) || id)
    .join(", ");
  return whose ? `${whose}: ${about}` : about;
}
