import { afterAll, beforeAll, expect, test } from "vitest";
import { join } from "node:path";
import { crashRounds } from "./crash-rounds.ts";
import { kindsOfDatabase, placeForDatabases } from "./databases.fixture.ts";
import type { Place } from "./databases.fixture.ts";

let place: Place;
beforeAll(async () => void (place = await placeForDatabases()));
afterAll(() => place.clear());

const shares = [0.31, 0.72, 0.55, 0.12, 0.93, 0.44, 0.08, 0.67];
const taken = (): (() => number) => {
  let at = 0;
  return () => shares[at++ % shares.length];
};

// The same with fifty rounds: node packages/store/bin/crash.ts
test.runIf(kindsOfDatabase.length > 1)(
  "kill -9 of the process, of the database and of both under load: every acknowledged write is there, once",
  async () => {
    const rounds = await crashRounds({ folder: join(place.folder, "embedded"), kind: "embedded", rounds: 3, random: taken() });
    expect(rounds.map(({ victim }) => victim)).toEqual(["process", "database", "both"]);
    for (const round of rounds) {
      expect(round).toMatchObject({ lost: [], twice: [] });
      expect(round.brokenAt).toBeUndefined();
      expect(round.acknowledged).toBeGreaterThanOrEqual(20);
    }
    expect(rounds[1].afterwards).toBeGreaterThanOrEqual(20);
  },
);

test("kill -9 of the process that has PGlite: every acknowledged write is there, once", async () => {
  const rounds = await crashRounds({ folder: join(place.folder, "pglite"), kind: "pglite", rounds: 2, random: taken() });
  for (const round of rounds) {
    expect(round).toMatchObject({ lost: [], twice: [] });
    expect(round.brokenAt).toBeUndefined();
  }
});
