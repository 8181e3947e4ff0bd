import type { InvestmentCase } from "@watershed/domain";
import { expect, test } from "vitest";
import { waitDraftOf, withWait, withoutWait } from "./wait-draft.ts";

const investmentCase: InvestmentCase = {
  id: "acme",
  company: "acme",
  on: "2024-03-31",
  exitValue: "1bn USD",
  exitDate: "2028-01-01",
  retention: 0.6,
  wait: [
    {
      triggers: ["shows", "sells"],
      preMoney: "preMoney * 1.3",
      access: 0.8,
      known: ["works"],
      preference: { multiple: 1, participation: "none" },
      onTrigger: { sells: { preMoney: "2bn USD" } },
    },
    { trigger: "ships", preMoney: "3bn USD" },
  ],
};

test("a draft that nothing was typed in writes the same case", () => {
  for (const place of [0, 1]) expect(withWait(investmentCase, place, waitDraftOf(investmentCase.wait![place]))).toEqual(investmentCase);
});

test("one trigger less takes its own terms with it; what is not shown stays", () => {
  const draft = { ...waitDraftOf(investmentCase.wait![0]), triggers: ["shows"], access: "70%", decideOnce: true };
  expect(withWait(investmentCase, 0, draft).wait![0]).toEqual({
    trigger: "shows",
    preMoney: "preMoney * 1.3",
    access: "70%",
    known: ["works"],
    preference: { multiple: 1, participation: "none" },
  });
});

test("a new wait stands at the end; the last one taken away leaves none", () => {
  const draft = { ...waitDraftOf(undefined), triggers: ["ships", "shows"], preMoney: "2bn USD", decideOnce: true };
  expect(withWait(investmentCase, 2, draft).wait![2]).toEqual({ triggers: ["ships", "shows"], preMoney: "2bn USD", decideOnce: true });
  const { wait: _, ...bare } = investmentCase;
  expect(withoutWait(withoutWait(investmentCase, 0), 0)).toEqual(bare);
});
