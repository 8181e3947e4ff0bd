/** An amount of one draw and how far the kernels' may be from it. */
export interface Uncertain {
  amount: number;
  error: number;
}

/** The terms of one draw, each with its error; those of today have no days. */
export interface UncertainTerms {
  exitValue: Uncertain;
  retention: Uncertain;
  ticket: Uncertain;
  preMoney: Uncertain;
  newMoney: Uncertain;
  discountProceeds: Uncertain;
  discountTicket: Uncertain;
  strategicWorth: Uncertain; // in money of the day of the ticket
  ahead: Uncertain;
  preference?: { multiple: number; cap?: number };
  days?: { exit: Uncertain; trigger: Uncertain; deadline: number };
}

export interface InvestingError {
  magnitude: number; // of the largest term of netValue
  error: number;
}

/**
 * How far the netValue of investing may be off in one draw, to first order in the errors of its terms; Infinity where a day may fall
 * on the other side of another.
 */
export function investingError(terms: UncertainTerms): InvestingError {
  const { days, ticket, strategicWorth, discountProceeds, discountTicket } = terms;
  const unsure = { magnitude: 0, error: Infinity };
  if (days && mayCross(days.trigger, { amount: days.deadline, error: 0 })) return unsure;
  if (days && !(days.trigger.amount <= days.deadline)) return { magnitude: 0, error: 0 };
  if (days && mayCross(days.exit, days.trigger)) return unsure;
  const tooLate = days !== undefined && days.exit.amount <= days.trigger.amount;
  const proceeds = tooLate ? { amount: 0, error: 0 } : proceedsOf(terms);
  const spent = ticket.amount + Math.abs(strategicWorth.amount);
  const error =
    times(proceeds.error, discountProceeds.amount) +
    times(discountProceeds.error, proceeds.amount) +
    times(ticket.error + strategicWorth.error, discountTicket.amount) +
    times(discountTicket.error, spent);
  return { magnitude: Math.max(proceeds.amount * discountProceeds.amount, spent), error };
}

/** What our holding receives: the share of what is left, and at small exits the preference, whose slope is 1. */
function proceedsOf({ exitValue, retention, ticket, preMoney, newMoney, ahead, preference }: UncertainTerms): Uncertain {
  const post = preMoney.amount + newMoney.amount;
  const share = (ticket.amount / post) * retention.amount;
  const shareError =
    share * (ticket.error / ticket.amount + (preMoney.error + newMoney.error) / post) + (ticket.amount / post) * retention.error;
  const [left, leftError] = [Math.max(0, exitValue.amount - Math.max(0, ahead.amount)), exitValue.error + ahead.error];
  const converted = { amount: share * left, error: times(leftError, share) + times(shareError, left) };
  if (!preference) return converted;
  const { multiple, cap = 0 } = preference;
  const preferred = multiple * ticket.amount;
  return {
    amount: Math.min(left, preferred) + converted.amount,
    error: converted.error + (left - leftError <= preferred ? leftError : 0) + (multiple + cap) * ticket.error,
  };
}

/** An error times what it is multiplied with: whatever proceeds may be, those of an exit that never comes are worth nothing. */
function times(error: number, factor: number): number {
  return factor === 0 || error === 0 ? 0 : error * factor;
}

/** Whether one amount may be on the other side of another. */
export function mayCross(one: Uncertain, other: Uncertain): boolean {
  if (one.error === Infinity || other.error === Infinity) return true;
  return one.error + other.error > 0 && Math.abs(one.amount - other.amount) <= 2 * (one.error + other.error);
}
