// Claim: where what an alternative nets is a formula, a whole re-decision of 60 companies takes about as long as drawing its scenarios: a program of
// 360 variables (150 questions, 90 quantities, 120 alternatives), the worth of every dependent question included, on one thread of Node and in a page of
// Chromium, with 131,072 scenarios and with the 16,384 of a dragged slider.
import { chromiumPath, runInChromium } from "../hosts/chromium.ts";
import { run } from "./decisions-by-kernels-page.ts";
import type { Decided } from "./decisions-by-kernels-page.ts";
import { machine } from "./machine.ts";

console.log(machine());
const hosts: [string, () => Promise<Decided[]>][] = [["Node", () => run()]];
if (chromiumPath()) hosts.push(["Chromium", () => runInChromium<Decided[]>("bench/decisions-by-kernels-page.ts", null, 120)]);
for (const [host, measure] of hosts)
  for (const { draws, first, median, drawing, pairs } of await measure())
    console.log(
      `${host}, ${draws} scenarios, ${pairs} dependent pairs: median ${median.toFixed(1)} ms, ${(median / drawing).toFixed(1)} times the drawing alone (${drawing.toFixed(1)} ms); first answer ${first.toFixed(0)} ms`,
    );
