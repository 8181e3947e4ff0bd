/** Pearson correlation of the normal scores that gives this Spearman rank correlation under a Gaussian copula: 2 sin(pi rank / 6) (Pearson 1907). */
export function rankToPearson(rank: number): number {
  const angle = (Math.PI * rank) / 6;
  const square = angle * angle;
  // the sine's series; its next term is below 1e-19 of the first for |rank| <= 1
  let sum = 1;
  for (let order = 14; order > 0; order -= 2) sum = 1 - (square / (order * (order + 1))) * sum;
  return 2 * angle * sum;
}

/** Lower triangular L with L L^T = matrix, `number[][] // [row][column]`; undefined where the matrix is not positive definite. */
export function choleskyFactor(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const factor = matrix.map((row) => row.map(() => 0));
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i][j];
      for (let k = 0; k < j; k++) sum -= factor[i][k] * factor[j][k];
      if (i !== j) factor[i][j] = sum / factor[j][j];
      else if (sum > 1e-14 * Math.abs(matrix[i][i])) factor[i][i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return factor;
}
