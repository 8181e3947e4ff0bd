import { assert } from "./assert.ts";
import { explained, type Explanation } from "./explanation.ts";
import { measured, ratio, shardMeans, type Amounts, type Measured, type Sharding } from "./sharding.ts";

/**
 * Expected multiple of money (MOIC, gross, undiscounted): expected proceeds over the expected money put in. The ticket may
 * be a column, 0 on draws where nothing is invested; undefined when nothing ever is.
 */
export function multipleOfMoney(proceeds: Float64Array, ticket: Amounts, sharding: Sharding): Measured | undefined {
  const invested = shardMeans(ticket, sharding, "ticket");
  assert(measured(invested).amount >= 0, "A ticket cannot be negative.");
  return ratio(shardMeans(proceeds, sharding, "proceeds"), invested);
}

/** The tree behind multipleOfMoney. */
export function explainMultipleOfMoney(proceeds: Float64Array, ticket: Amounts, sharding: Sharding): Explanation {
  return explained("multipleOfMoney", "multiple", multipleOfMoney(proceeds, ticket, sharding), {
    formula: "expectedProceeds / expectedInvested",
    children: [
      explained("expectedProceeds", "money", measured(shardMeans(proceeds, sharding)), { column: "proceeds" }),
      explained("expectedInvested", "money", measured(shardMeans(ticket, sharding)), { column: "ticket" }),
    ],
  });
}
