/** Definitions so that each comes after what it refers to, and the groups that refer to each other in a circle. */
export interface Order {
  sorted: string[];
  cycles: string[][]; // each as a path that could be walked: the last refers to the first
}

interface Visit {
  name: string;
  next: number; // reference to be followed next
}

/** Sorts names by what they refer to (Tarjan 1972), without recursion: chains of any length are fine. Names outside the map are ignored. */
export function orderByReference(references: Map<string, string[]>): Order {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const order: Order = { sorted: [], cycles: [] };
  for (const root of references.keys()) {
    const visits: Visit[] = index.has(root) ? [] : [enter(root)];
    while (visits.length > 0) {
      const visit = visits.at(-1)!;
      const next = references.get(visit.name)![visit.next++];
      if (next === undefined) leave(visits);
      else if (!references.has(next)) continue;
      else if (!index.has(next)) visits.push(enter(next));
      else if (isOpen.has(next)) low.set(visit.name, Math.min(low.get(visit.name)!, index.get(next)!));
    }
  }
  return order;

  function enter(name: string): Visit {
    index.set(name, index.size);
    low.set(name, index.get(name)!);
    open.push(name);
    isOpen.add(name);
    return { name, next: 0 };
  }

  function leave(visits: Visit[]): void {
    const { name } = visits.pop()!;
    const parent = visits.at(-1)?.name;
    if (parent !== undefined) low.set(parent, Math.min(low.get(parent)!, low.get(name)!));
    if (low.get(name) !== index.get(name)) return;
    const group = open.splice(open.indexOf(name));
    for (const member of group) isOpen.delete(member);
    order.sorted.push(...group);
    if (group.length > 1 || references.get(name)!.includes(name)) order.cycles.push(shortestCycle(references, group));
  }
}

/** The shortest circle through the first member of a group, breadth first. */
function shortestCycle(references: Map<string, string[]>, group: string[]): string[] {
  const members = new Set(group);
  const [start] = group;
  const cameFrom = new Map<string, string>();
  const waiting = [start];
  for (let at = 0; at < waiting.length; at++) {
    const name = waiting[at];
    for (const next of references.get(name)!) {
      if (next === start) return pathTo(cameFrom, start, name);
      if (!members.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, name);
      waiting.push(next);
    }
  }
  return group;
}

function pathTo(cameFrom: Map<string, string>, start: string, end: string): string[] {
  const path = [end];
  while (path[0] !== start) path.unshift(cameFrom.get(path[0])!);
  return path;
}
