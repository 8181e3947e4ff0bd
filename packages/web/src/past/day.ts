/** Whether something is a day of the calendar, `2024-03-31`. */
export function isDay(candidate: unknown): candidate is string {
  if (typeof candidate !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(candidate)) return false;
  const time = Date.parse(`${candidate}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(candidate);
}

/** Whether something is a past that can be read: a day, or a moment as the server tells it, `2024-03-31T08:00:00.000Z`. */
export function isPast(candidate: unknown): candidate is string {
  if (typeof candidate !== "string") return false;
  return (
    isDay(candidate) || (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/.test(candidate) && Number.isFinite(Date.parse(candidate)))
  );
}

/** The moment by which something must have been recorded to be known then: the last millisecond of a day where the reader is, or the moment itself. */
export function endOf(past: string): string {
  if (!isDay(past)) return new Date(past).toISOString();
  const next = new Date(`${past}T00:00:00`);
  next.setDate(next.getDate() + 1);
  return new Date(next.getTime() - 1).toISOString();
}

/** The day of a past, where the reader is. */
export function dayOf(past: string): string {
  if (isDay(past)) return past;
  const moment = new Date(past);
  const two = (amount: number): string => String(amount).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** The same day so many months before, or the last of that month where it has no such day. */
export function monthsBefore(day: string, months: number): string {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10);
}
