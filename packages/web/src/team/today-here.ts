/** The day it is where the reader sits: 2024-03-31. */
export function todayHere(): string {
  const now = new Date();
  const two = (amount: number): string => String(amount).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
