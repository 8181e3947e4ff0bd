import { expect, test } from "vitest";
import { normals, plainColumn, sobolColumn } from "./draws.fixture.ts";
import { middleOf } from "./tail-bounds.ts";

function bySorting(amounts: Float64Array): { low: number; high: number } {
  const sorted = amounts.slice().sort();
  const last = sorted.length - 1;
  return { low: sorted[Math.floor(0.005 * last)], high: sorted[Math.ceil(0.995 * last)] };
}

const sizes = [1, 2, 3, 199, 200, 201, 4096, 12_801, 12_999, 65_536, 131_072];

test.each(sizes)("[WAIT6] the middle 99%% of %d amounts is what sorting finds", (size) => {
  const once = { shards: 1, shardSize: size };
  const uniforms = plainColumn(1, once);
  const columns = [
    uniforms,
    normals(uniforms).map((amount) => Math.exp(4 * amount)),
    uniforms.map((_, place) => place),
    uniforms.map((_, place) => -place),
    uniforms.map((chance) => Math.floor(3 * chance)),
    uniforms.map((chance) => (chance < 0.4 ? 20_000 : 20_000 + 600 * chance)),
    uniforms.map((chance) => (chance < 0.003 ? -1e9 : chance > 0.4 ? 7 : chance)),
    new Float64Array(size).fill(5),
  ];
  if (Number.isInteger(Math.log2(size))) columns.push(sobolColumn(0, once), sobolColumn(3, once));
  for (const column of columns) expect(middleOf(column)).toEqual(bySorting(column));
});
