export interface FitRows {
  features: { name: string; amounts: Float64Array }[]; // [feature][row]
  response: Float64Array; // [row]
  weights: Float64Array; // [row]
}

/** How features are clipped, centred and scaled, and how many terms the surface has. */
interface Standardised {
  low: number[];
  high: number[];
  centre: number[];
  scale: number[];
  size: number;
}

export interface NormalEquations {
  normal: Float64Array; // [term][term], lower triangle
  moment: Float64Array; // [term]
}

/** The weighted normal equations of a quadratic: by power sums for one and two features, term by term for more. */
export function accumulate(rows: FitRows, by: Standardised, fillTerms: (at: Float64Array, term: Float64Array) => void): NormalEquations {
  if (rows.features.length === 1) return ofOne(rows, by);
  if (rows.features.length === 2) return ofTwo(rows, by);
  const { size } = by;
  const normal = new Float64Array(size * size);
  const moment = new Float64Array(size);
  const term = new Float64Array(size);
  const at = new Float64Array(rows.features.length);
  for (let row = 0; row < rows.response.length; row++) {
    const weight = rows.weights[row];
    if (weight === 0) continue;
    for (let feature = 0; feature < at.length; feature++) at[feature] = rows.features[feature].amounts[row];
    fillTerms(at, term);
    for (let i = 0; i < size; i++) {
      const weighted = weight * term[i];
      moment[i] += weighted * rows.response[row];
      for (let j = 0; j <= i; j++) normal[i * size + j] += weighted * term[j];
    }
  }
  return { normal, moment };
}

/** Terms 1, x, x^2: the normal matrix holds the power sums up to x^4. */
function ofOne({ features, response, weights }: FitRows, by: Standardised): NormalEquations {
  const x = features[0].amounts;
  const [low, high, centre, scale] = [by.low[0], by.high[0], by.centre[0], 1 / by.scale[0]];
  let [s0, s1, s2, s3, s4, m0, m1, m2] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let row = 0; row < x.length; row++) {
    const raw = x[row];
    const z = ((raw < low ? low : raw > high ? high : raw) - centre) * scale;
    const w = weights[row];
    const wy = w * response[row];
    const wz = w * z;
    const wzz = wz * z;
    s0 += w;
    s1 += wz;
    s2 += wzz;
    s3 += wzz * z;
    s4 += wzz * z * z;
    m0 += wy;
    m1 += wy * z;
    m2 += wy * z * z;
  }
  return { normal: Float64Array.of(s0, 0, 0, s1, s2, 0, s2, s3, s4), moment: Float64Array.of(m0, m1, m2) };
}

/** Terms 1, x, y, x^2, y^2, y*x: fifteen power sums fill the lower triangle of six by six. */
function ofTwo({ features, response, weights }: FitRows, by: Standardised): NormalEquations {
  const [x, y] = [features[0].amounts, features[1].amounts];
  const [low, high, centre, scale] = [by.low[0], by.high[0], by.centre[0], 1 / by.scale[0]];
  const [lowY, highY, centreY, scaleY] = [by.low[1], by.high[1], by.centre[1], 1 / by.scale[1]];
  let [s, sx, sy, sxx, sxy, syy, sxxx, sxxy] = [0, 0, 0, 0, 0, 0, 0, 0];
  let [sxyy, syyy, s4, sx3y, sx2y2, sxy3, sy4] = [0, 0, 0, 0, 0, 0, 0];
  let [m, mx, my, mxx, myy, mxy] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < x.length; row++) {
    const a = ((x[row] < low ? low : x[row] > high ? high : x[row]) - centre) * scale;
    const b = ((y[row] < lowY ? lowY : y[row] > highY ? highY : y[row]) - centreY) * scaleY;
    const w = weights[row];
    const wy = w * response[row];
    const aa = a * a;
    const ab = a * b;
    const bb = b * b;
    const wa = w * a;
    const wb = w * b;
    const waa = w * aa;
    const wab = w * ab;
    const wbb = w * bb;
    s += w;
    sx += wa;
    sy += wb;
    sxx += waa;
    sxy += wab;
    syy += wbb;
    sxxx += waa * a;
    sxxy += waa * b;
    sxyy += wab * b;
    syyy += wbb * b;
    s4 += waa * aa;
    sx3y += waa * ab;
    sx2y2 += waa * bb;
    sxy3 += wab * bb;
    sy4 += wbb * bb;
    m += wy;
    mx += wy * a;
    my += wy * b;
    mxx += wy * aa;
    myy += wy * bb;
    mxy += wy * ab;
  }
  const rows = [
    [s, 0, 0, 0, 0, 0],
    [sx, sxx, 0, 0, 0, 0],
    [sy, sxy, syy, 0, 0, 0],
    [sxx, sxxx, sxxy, s4, 0, 0],
    [syy, sxyy, syyy, sx2y2, sy4, 0],
    [sxy, sxxy, sxyy, sx3y, sxy3, sx2y2],
  ];
  return { normal: Float64Array.from(rows.flat()), moment: Float64Array.of(m, mx, my, mxx, myy, mxy) };
}
