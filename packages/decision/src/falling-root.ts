/**
 * Where a falling function passes zero, between `low`, where it is not below, and `high`, where it is: false position (Illinois
 * variant; Dowell and Jarratt 1971), by halves where an end is infinite, as it is at ruin.
 */
export function fallingRoot(at: (x: number) => number, bracket: { low: number; high: number }): number {
  let { low, high } = bracket;
  let [atLow, atHigh] = [at(low), at(high)];
  if (atLow === 0) return low;
  let last: "low" | "high" | undefined;
  for (let round = 0; round < 100 && high - low > 1e-13 * Math.max(Math.abs(low), Math.abs(high)); round++) {
    const finite = Number.isFinite(atLow) && Number.isFinite(atHigh);
    const x = finite ? (low * atHigh - high * atLow) / (atHigh - atLow) : (low + high) / 2;
    if (!(x > low && x < high)) return x <= low ? low : high;
    const here = at(x);
    if (here === 0) return x;
    if (here > 0) {
      if (finite && last === "low") atHigh /= 2;
      [low, atLow, last] = [x, here, "low"];
    } else {
      if (finite && last === "high") atLow /= 2;
      [high, atHigh, last] = [x, here, "high"];
    }
  }
  return (low + high) / 2;
}
