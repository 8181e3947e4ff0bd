import { check } from "@watershed/formula";
import type { Definition, Program } from "@watershed/formula";
import { describe, expect, test } from "vitest";
import type { Beliefs } from "./belief.ts";
import { assignDimensions } from "./dimensions.ts";
import { columnOf } from "./draws.ts";
import { randomCase } from "./random-case.fixture.ts";
import { Scenarios } from "./scenarios.ts";
import { simulate } from "./simulate.ts";

const context = { currency: "USD", rates: { USD: 1 }, today: 19_813 };
const asked: Definition[] = [{ name: "open", question: { kind: { kind: "yesNo" } } }];

function programOf(sources: Record<string, string>): Program {
  const { program, problems } = check([...asked, ...Object.entries(sources).map(([name, source]) => ({ name, source }))], context);
  expect(problems).toEqual([]);
  return program;
}

function believed(probability: number): Beliefs {
  return { open: { kind: "distribution", distribution: { kind: "bernoulli", probability } } };
}

const sources = { a: "normal(1, 2)", b: "lognormal(0, 0.5)", worth: "if open then a * b * 3 else b - 1", apart: "exp(a) + 1" };

describe("a shard in memory", () => {
  test("is the same shard that simulate gives, whichever ran before", () => {
    const program = programOf(sources);
    const { dimensions } = assignDimensions(program.streams, []);
    const scenarios = new Scenarios(program, believed(0.3), { seed: 4, dimensions });
    const draws = simulate(program, believed(0.3), { seed: 4, shards: 3, dimensions });
    for (const shard of [2, 0, 1, 1])
      for (const name of Object.keys(sources)) {
        scenarios.run(shard);
        expect(Float64Array.from(scenarios.column(name))).toEqual(columnOf(draws, name).slice(shard * 16_384, (shard + 1) * 16_384));
      }
  });

  test("after any change of beliefs or numbers is what a fresh one would be", () => {
    const { dimensions } = assignDimensions(programOf(sources).streams, []);
    const scenarios = new Scenarios(programOf(sources), believed(0.3), { seed: 4, dimensions });
    const held = (): Float32Array[] => Object.keys(sources).map((name) => scenarios.column(name).slice());
    const fresh = (program: Program, beliefs: Beliefs, shard: number): Float32Array[] => {
      const other = new Scenarios(program, beliefs, { seed: 4, dimensions });
      other.run(shard);
      return Object.keys(sources).map((name) => other.column(name).slice());
    };
    let program = programOf(sources);
    for (const [step, edit] of [
      () => scenarios.update(believed(0.8)),
      () => scenarios.updateProgram((program = programOf({ ...sources, worth: "if open then a * b * 4 else b - 1" }))),
      () => scenarios.updateProgram((program = programOf({ ...sources, worth: "if open then max(a, b) else 7" }))),
      () => scenarios.updateProgram((program = programOf({ ...sources, worth: "42" }))),
      () => scenarios.updateProgram((program = programOf({ ...sources, a: "normal(2, 2)" }))),
      () => scenarios.updateProgram((program = programOf(sources)), believed(1)),
    ].entries()) {
      edit();
      const beliefs = believed(step === 5 ? 1 : 0.8);
      for (const shard of [1, 0]) {
        scenarios.run(shard);
        expect(held(), `edit ${step}`).toEqual(fresh(program, beliefs, shard));
      }
    }
  });

  test("computes again only what depends on a change", () => {
    const program = programOf(sources);
    const { dimensions } = assignDimensions(program.streams, []);
    const scenarios = new Scenarios(program, believed(0.3), { seed: 4, dimensions });
    scenarios.run(0);
    scenarios.column("apart").fill(-1); // a mark that a fresh computation would wipe out
    scenarios.column("worth").fill(-1);
    scenarios.update(believed(0.4));
    scenarios.run(0);
    expect(scenarios.column("apart").every((amount) => amount === -1)).toBe(true);
    expect(scenarios.column("worth").some((amount) => amount === -1)).toBe(false);
    scenarios.run(1);
    expect(scenarios.column("apart").some((amount) => amount === -1)).toBe(false);
  });

  test("shards side by side are the shards one by one, and a column that stays has its identity", () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { program, beliefs, dimensions, correlations } = randomCase(seed);
      const options = { seed, dimensions, correlations, shardSize: 256 };
      const four = new Scenarios(program, beliefs, { ...options, together: 4 });
      const single = new Scenarios(program, beliefs, options);
      for (const group of [1, 0]) {
        four.run(group);
        for (let place = 0; place < 4; place++) {
          single.run(4 * group + place);
          for (const name of Object.keys(program.columns))
            expect(four.column(name).slice(256 * place, 256 * (place + 1)), `${name} of seed ${seed}`).toEqual(single.column(name));
        }
      }
    }
    const program = programOf(sources);
    const { dimensions } = assignDimensions(program.streams, []);
    const scenarios = new Scenarios(program, believed(0.3), { seed: 4, dimensions, shardSize: 256, together: 2 });
    const identities = () => ["apart", "worth"].map((name) => scenarios.identity(name));
    const [apart, worth] = identities();
    scenarios.update(believed(0.4));
    expect(identities()[0]).toBe(apart);
    expect(identities()[1]).not.toBe(worth);
    expect(() => new Scenarios(program, believed(0.3), { seed: 4, dimensions, shardSize: 128, together: 2 })).toThrow("256 points");
  });

  test("edit after edit takes no more memory, and a pass over shards less than a resident one", () => {
    const { program, beliefs, dimensions, correlations } = randomCase(3);
    const options = { seed: 1, dimensions, correlations, keep: [`n${program.nodes.length - 1}`] };
    const resident = new Scenarios(program, beliefs, options);
    const before = resident.memoryBytes;
    const changed = Object.keys(beliefs).find((name) => beliefs[name].kind === "distribution")!;
    const sizes = Array.from({ length: 40 }, (_, step) => {
      resident.update({
        ...beliefs,
        [changed]: { kind: "distribution", distribution: { kind: "normal", mean: step, standardDeviation: 1 } },
      });
      resident.run(0);
      return resident.memoryBytes;
    });
    expect(Math.max(...sizes)).toBeLessThan(before + 100_000);
    expect(sizes.at(-1)).toBe(sizes[5]);
    expect(new Scenarios(program, beliefs, { ...options, resident: false }).memoryBytes).toBeLessThanOrEqual(before);
  });

  test("a shard of another size than a power of two, and an unknown name, are bugs of the caller", () => {
    const program = programOf(sources);
    const { dimensions } = assignDimensions(program.streams, []);
    expect(() => new Scenarios(program, believed(0.5), { seed: 1, dimensions, shardSize: 1000 })).toThrow("power of two");
    expect(() => new Scenarios(program, believed(0.5), { seed: 1, dimensions }).column("nothing")).toThrow("kept no column named nothing");
  });
});
