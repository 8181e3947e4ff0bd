// One belief of the generated workspace of 150 questions and 60 companies is dragged: how long until every company that rests on it is decided
// again, on 16,384 scenarios, on one thread of Node and in a page of Chromium. Ratios are against deciding all companies from the start.
import { chromiumPath, runInChromium } from "../hosts/chromium.ts";
import { run } from "./live-review-page.ts";
import type { Moved } from "./live-review-page.ts";
import { machine } from "./machine.ts";

console.log(machine());
const hosts: [string, () => Promise<Moved>][] = [["Node", () => run()]];
if (chromiumPath()) hosts.push(["Chromium", () => runInChromium<Moved>("bench/live-review-page.ts", null, 300)]);
for (const [host, measure] of hosts) {
  const { questions, start, whole, median, nine, most, companies } = await measure();
  console.log(
    `${host}: a move takes ${median.toFixed(1)} ms (median of ${questions} questions; nine in ten under ${nine.toFixed(1)}, most ${most.toFixed(1)} with up to ${companies} companies), ` +
      `${(median / whole).toFixed(3)} of everything from the start (${whole.toFixed(0)} ms; the first time ${start.toFixed(0)})`,
  );
}
