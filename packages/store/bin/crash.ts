import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { crashRounds } from "../src/crash-rounds.ts";

// Kills the server process, the database and both under load and looks for every acknowledged write:
// node packages/store/bin/crash.ts --rounds 50 [--kind pglite]
const { values } = parseArgs({ options: { rounds: { type: "string", default: "50" }, kind: { type: "string", default: "embedded" } } });
const folder = await mkdtemp(join(tmpdir(), "watershed-crash-"));
const rounds = await crashRounds({
  folder,
  kind: values.kind === "pglite" ? "pglite" : "embedded",
  rounds: Number(values.rounds),
  random: Math.random,
  report: ({ round, victim, acknowledged, afterwards, lost, twice, brokenAt, recoverySeconds }) =>
    console.log(
      `round ${round + 1}: killed ${victim}; ${acknowledged} acknowledged (${afterwards} after the database was back), ` +
        `${lost.length} lost, ${twice.length} twice, history ${brokenAt === undefined ? "whole" : `broken at ${brokenAt}`}; read again after ${recoverySeconds.toFixed(2)} s`,
    ),
});
const sum = (pick: (round: (typeof rounds)[number]) => number): number => rounds.reduce((total, round) => total + pick(round), 0);
const failed = sum(({ lost, twice, brokenAt }) => lost.length + twice.length + (brokenAt === undefined ? 0 : 1));
console.log(`${rounds.length} rounds, ${sum(({ acknowledged }) => acknowledged)} acknowledged writes, ${failed} lost, twice or broken`);
await rm(folder, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;
