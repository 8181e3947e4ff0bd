// A whole re-decision of the generated workspace of 150 questions and 60 companies, on one thread of Node and in a page of Chromium:
// scenarios, appraisals, leaders and the worth of every dependent question. Ratios are against the drawing of the scenarios alone.
import { chromiumPath, runInChromium } from "../hosts/chromium.ts";
import { machine } from "./machine.ts";
import { run } from "./redecision-page.ts";
import type { Redecided } from "./redecision-page.ts";

console.log(machine());
const hosts: [string, () => Promise<Redecided[]>][] = [["Node", () => run()]];
if (chromiumPath()) hosts.push(["Chromium", () => runInChromium<Redecided[]>("bench/redecision-page.ts", null, 300)]);
for (const [host, measure] of hosts)
  for (const { draws, first, median, drawing } of await measure())
    console.log(
      `${host}, ${draws} scenarios: first ${first.toFixed(0)} ms, median ${median.toFixed(0)} ms, ${(median / drawing).toFixed(1)} times the drawing of its scenarios (${drawing.toFixed(0)} ms)`,
    );
