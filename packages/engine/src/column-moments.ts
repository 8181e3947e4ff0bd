/** What one pass over a column keeps: how many draws were finite or undefined, and of the finite ones mean, sum of squares about it, least and largest. */
export interface ColumnMoments {
  finite: number;
  undefinedDraws: number;
  mean: number;
  squares: number;
  least: number;
  largest: number;
}

/** Places of a ColumnMoments written into an array of doubles. */
export const momentsLength = 6;

/** Moments of a column, written to `out` from `offset`. The column need not be finite; undefined draws and infinite ones are only counted. */
export function measureColumn(column: Float64Array | Float32Array, out: Float64Array, offset: number): void {
  const length = column.length;
  const origin = column[0];
  let [sum, otherSum, squares, otherSquares] = [0, 0, 0, 0];
  let [least, largest] = [origin, origin];
  for (let point = 0; point + 1 < length; point += 2) {
    const one = column[point];
    const other = column[point + 1];
    const [oneApart, otherApart] = [one - origin, other - origin];
    sum += oneApart;
    otherSum += otherApart;
    squares += oneApart * oneApart;
    otherSquares += otherApart * otherApart;
    if (one < least) least = one;
    if (one > largest) largest = one;
    if (other < least) least = other;
    if (other > largest) largest = other;
  }
  const apart = (sum + otherSum) / length;
  const about = squares + otherSquares - length * apart * apart;
  // one draw that is undefined or infinite makes the sum of squares so
  if (length % 2 === 0 && Number.isFinite(about))
    write(out, offset, { finite: length, undefinedDraws: 0, mean: origin + apart, squares: Math.max(0, about), least, largest });
  else write(out, offset, measureWithGaps(column));
}

/** The two parts of a column as one; parts join in a fixed order, so that the last digit is always the same (Chan 1979). */
export function joinMoments(one: ColumnMoments, other: ColumnMoments): ColumnMoments {
  const finite = one.finite + other.finite;
  const undefinedDraws = one.undefinedDraws + other.undefinedDraws;
  if (one.finite === 0) return { ...other, undefinedDraws };
  if (other.finite === 0) return { ...one, undefinedDraws };
  const apart = other.mean - one.mean;
  return {
    finite,
    undefinedDraws,
    mean: one.mean + apart * (other.finite / finite),
    squares: one.squares + other.squares + apart * apart * ((one.finite / finite) * other.finite),
    least: Math.min(one.least, other.least),
    largest: Math.max(one.largest, other.largest),
  };
}

/** Moments of no draws, to join others to. */
export function noMoments(): ColumnMoments {
  return { finite: 0, undefinedDraws: 0, mean: 0, squares: 0, least: Infinity, largest: -Infinity };
}

export function momentsAt(array: Float64Array, offset: number): ColumnMoments {
  const [finite, undefinedDraws, mean, squares, least, largest] = array.subarray(offset, offset + momentsLength);
  return { finite, undefinedDraws, mean, squares, least, largest };
}

function measureWithGaps(column: Float64Array | Float32Array): ColumnMoments {
  const moments = noMoments();
  for (let point = 0; point < column.length; point++) {
    const amount = column[point];
    if (amount !== amount) moments.undefinedDraws++;
    if (!Number.isFinite(amount)) continue;
    const apart = amount - moments.mean;
    moments.finite++;
    moments.mean += apart / moments.finite;
    moments.squares += apart * (amount - moments.mean);
    moments.least = Math.min(moments.least, amount);
    moments.largest = Math.max(moments.largest, amount);
  }
  return moments;
}

function write(out: Float64Array, offset: number, { finite, undefinedDraws, mean, squares, least, largest }: ColumnMoments): void {
  out[offset] = finite;
  out[offset + 1] = undefinedDraws;
  out[offset + 2] = mean;
  out[offset + 3] = squares;
  out[offset + 4] = least;
  out[offset + 5] = largest;
}
