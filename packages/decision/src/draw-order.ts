import { assert } from "./assert.ts";

/**
 * The draws of a column in rising order, equal ones in the order of their draws (radix sort over the bits of the doubles,
 * four passes of 16 bits). Infinity (never) sorts last; NaN is refused. Returns Uint32Array // [rank] of draws.
 */
export function drawOrder(column: Float64Array): Uint32Array {
  const digits = sortableDigits(column);
  let order = new Uint32Array(column.length);
  for (let draw = 0; draw < order.length; draw++) order[draw] = draw;
  let next = new Uint32Array(column.length);
  const starts = new Uint32Array(65536);
  for (let place = 0; place < 4; place++) {
    starts.fill(0);
    for (let at = place; at < digits.length; at += 4) starts[digits[at]]++;
    // A place on which all draws agree (the low bits of whole numbers, say) leaves the order as it is.
    if (starts[digits[place]] === column.length) continue;
    let sum = 0;
    for (let digit = 0; digit < 65536; digit++) {
      const count = starts[digit];
      starts[digit] = sum;
      sum += count;
    }
    for (let rank = 0; rank < order.length; rank++) {
      const draw = order[rank];
      next[starts[digits[draw * 4 + place]]++] = draw;
    }
    [order, next] = [next, order];
  }
  return order;
}

/** Four 16-bit digits per draw, least first, that compare as the doubles do. */
function sortableDigits(column: Float64Array): Uint16Array {
  const copy = new Float64Array(column.length);
  // Adding 0 turns -0 into 0, so that the two tie.
  for (let draw = 0; draw < column.length; draw++) copy[draw] = column[draw] + 0;
  const words = new Uint32Array(copy.buffer);
  for (let draw = 0; draw < column.length; draw++) {
    assert(copy[draw] === copy[draw], "A question's column holds a draw that is not a number.");
    const high = words[draw * 2 + 1];
    const negative = high >>> 31 === 1;
    words[draw * 2] = negative ? ~words[draw * 2] : words[draw * 2];
    words[draw * 2 + 1] = negative ? ~high : high | 0x80000000;
  }
  return new Uint16Array(copy.buffer);
}
