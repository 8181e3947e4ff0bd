/** 2024-03 or 2024-03-31 as a year and fraction; NaN where it is neither. */
export function yearIn(written: string): number {
  const [, year, month, day = "15"] = /^(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?$/.exec(written) ?? [];
  return year === undefined ? NaN : Number(year) + (Number(month) - 1 + (Number(day) - 0.5) / 31) / 12;
}
