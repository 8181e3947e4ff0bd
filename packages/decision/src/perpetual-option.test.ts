import { expect, test } from "vitest";
import { perpetualOption } from "./perpetual-option.ts";

test.each([
  [{ rate: 0.04, payout: 0.04, volatility: 0.2 }, 2, 2, 0.25],
  [{ rate: 0.05, payout: 0.03, volatility: 0.3 }, 1.3678564927971435, 3.7184514058623823, 0.45097042167910256],
  [{ rate: 0.08, payout: 0.04, volatility: 0.4 }, 1.280776406404415, 4.561552812808833, 0.5098746073653654],
])("[WAIT17] the perpetual option to invest (O03): %o", (option, beta, investAbove, atCost) => {
  const answer = perpetualOption(option);
  expect(answer.beta).toBeCloseTo(beta, 9);
  expect(answer.investAbove).toBeCloseTo(investAbove, 9);
  expect(answer.worth(1)).toBeCloseTo(atCost, 9);
});

test("[WAIT17] at the threshold waiting and investing are worth the same, and meet without a kink", () => {
  const { investAbove, worth } = perpetualOption({ rate: 0.05, payout: 0.03, volatility: 0.3 });
  const step = 1e-4;
  expect(worth(investAbove)).toBe(investAbove - 1);
  expect((worth(investAbove) - worth(investAbove - step)) / step).toBeCloseTo(1, 3);
  expect(() => perpetualOption({ rate: 0.05, payout: 0, volatility: 0.3 })).toThrow("payout");
});
