// Claims: predictions per second on one core are at least a thousand times Calculon's (40 to 86, measured on one core of the same kind);
// a full plan search of a trillion-parameter AI model on 16,384 chips takes under a second; memory stays flat.
// Prints both, with the plans considered and passed over, and the heap before and after.
import {
  acceleratorOf,
  calibrated,
  clusterOf,
  estimateStep,
  planSpace,
  predict,
  readRun,
  searchPlans,
  softwareOf,
} from "../packages/compute-lab/src/index.ts";
import { machine, median } from "./machine.ts";

const calculonPerSecond = 86;

function perSecond(of: () => unknown, count: number): number {
  const rounds = Array.from({ length: 7 }, () => {
    const start = milliseconds();
    for (let index = 0; index < count; index++) of();
    return (1000 * count) / (milliseconds() - start);
  });
  return median(rounds.slice(2));
}

/** Processor time of this thread, which other work on the machine disturbs less than the clock. */
function milliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const dense = readRun({
  model: { name: "GPT-3 175B" },
  chips: { name: "A100-80GB", count: 512 },
  plan: { tp: 8, pp: 8, vpp: 2, dp: 8, mbs: 1, gbs: 512, recompute: "full", precision: "bf16" },
  software: "NeMo 24.01",
});
const experts = readRun({
  model: { name: "DeepSeek-V3" },
  chips: { name: "H800", count: 2048 },
  plan: { tp: 1, pp: 16, vpp: 1, dp: 128, ep: 64, mbs: 1, gbs: 15_360, recompute: "selective", precision: "fp8" },
  software: "2024-12",
});

console.log(machine());
for (const [label, { aiModel, cluster, printed, software }] of [
  ["dense", dense],
  ["with experts", experts],
] as const) {
  const open = { aiModel: aiModel!, cluster: cluster!, printed, software };
  const times = perSecond(() => estimateStep(open, calibrated), 20_000);
  const whole = perSecond(() => predict(open), 10_000);
  console.log(
    `${label}: ${Math.round(times / 1000)} thousand step times per second, ${Math.round(times / calculonPerSecond)} times Calculon's 86; ${Math.round(whole / 1000)} thousand whole predictions with band and memory`,
  );
}
const { aiModel } = readRun({ model: { name: "MoE 1T multimodal" }, chips: { name: "GB200", count: 1 } });
for (const chip of ["GB200", "H100-80GB"]) {
  const cluster = clusterOf(acceleratorOf(chip)!, 16_384);
  const space = planSpace(aiModel!, cluster, 16_384, { precision: "fp8" });
  const search = () => searchPlans({ aiModel: aiModel!, cluster, software: softwareOf("Megatron-Core 2025-06"), space });
  const heap = process.memoryUsage().heapUsed;
  const rounds = Array.from({ length: 9 }, () => {
    const start = milliseconds();
    search();
    return milliseconds() - start;
  });
  const { considered, pruned, tooLarge, timed } = search();
  const grown = (process.memoryUsage().heapUsed - heap) / 2 ** 20;
  console.log(
    `one trillion parameters on 16,384 ${chip}: first search ${rounds[0].toFixed(0)} ms, median ${median(rounds).toFixed(0)} ms; ${considered} plans considered, ${timed} timed, ${pruned} passed over, ${tooLarge} too large; heap grew ${grown.toFixed(0)} MiB over ten searches`,
  );
}
