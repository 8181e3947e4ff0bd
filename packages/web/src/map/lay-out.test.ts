import type { DependenceMap, MapKind, MapNode } from "@watershed/workbench/in-page";
import { expect, test } from "vitest";
import { layOut } from "./lay-out.ts";
import { connectedTo, neighboursOf, partOf, reach } from "./reach.ts";

function mapOf(text: string): DependenceMap {
  const kinds: Record<string, MapKind> = { q: "question", n: "quantity", t: "trigger", c: "company" };
  const edges = text.split(" ").map((edge) => {
    const [from, to] = edge.split(">");
    return { from, to };
  });
  const keys = [...new Set(edges.flatMap(({ from, to }) => [from, to]))];
  const node = (key: string): MapNode => ({ key, kind: kinds[key[0]], id: key, name: key, answered: false });
  return { nodes: keys.map(node), edges, tied: [] };
}

const columns = (map: DependenceMap, most = 99): string[] =>
  layOut(map, () => 0, most).map(({ nodes }) => nodes.map(({ key }) => key).join(" "));

test("what others rest on stands at their left, companies last", () => {
  expect(columns(mapOf("q1>q2 q2>n1 n1>n2 n2>c1 q3>c1"))).toEqual(["q1", "q2 q3", "n1", "n2", "c1"]);
});

test("a circle is drawn all the same", () => {
  expect(
    columns(mapOf("q1>q2 q2>q1 q1>c1"))
      .flatMap((column) => column.split(" "))
      .sort(),
  ).toEqual(["c1", "q1", "q2"]);
});

test("columns are ordered by their neighbours: lines that need not cross do not", () => {
  const map = mapOf("q1>c3 q2>c2 q3>c1 q1>c4");
  const [questions, companies] = columns(map).map((column) => column.split(" "));
  let crossings = 0;
  for (const one of map.edges)
    for (const other of map.edges)
      if (questions.indexOf(one.from) < questions.indexOf(other.from) && companies.indexOf(one.to) > companies.indexOf(other.to))
        crossings++;
  expect(crossings).toBe(0);
});

test("a column that is too long keeps those of the lowest rank and says how many it hides", () => {
  const [questions] = layOut(mapOf("q1>c1 q2>c1 q3>c1"), ({ id }) => -Number(id[1]), 2);
  expect(questions.nodes.map(({ key }) => key).sort()).toEqual(["q2", "q3"]);
  expect(questions.hidden).toBe(1);
});

test("reach walks both ways, connected to keeps both, a part keeps what lies between", () => {
  const map = mapOf("q1>n1 n1>c1 q2>n1 q2>c2 q3>c2");
  const { below, above } = neighboursOf(map.edges);
  expect([...reach(["q1"], above)].sort()).toEqual(["c1", "n1"]);
  expect([...reach(["c1"], below)].sort()).toEqual(["n1", "q1", "q2"]);
  expect(connectedTo(map, ["q1"]).nodes.map(({ key }) => key)).toEqual(["q1", "n1", "c1"]);
  const part = partOf(map, { isQuestionShown: (id) => id !== "q1", isCompanyShown: (id) => id === "c1" });
  expect(part.nodes.map(({ key }) => key)).toEqual(["n1", "c1", "q2"]);
  expect(part.edges).toEqual([
    { from: "n1", to: "c1" },
    { from: "q2", to: "n1" },
  ]);
});
