import type { BuiltIn } from "./built-in.ts";

/** The functions that draw nothing. */
export const plainBuiltIns: BuiltIn[] = [
  {
    name: "min",
    form: "function",
    signatures: ["min(a, b, ...)"],
    description: { en: "The smallest of quantities of one kind, or the earliest date.", zh: "同类量中最小的一个，或最早的日期。" },
    examples: [
      { source: "min(3, 1, 2)", kind: "number", result: 1 },
      { source: "min(2025-01-01, never)", kind: "date", result: 20089 },
    ],
  },
  {
    name: "max",
    form: "function",
    signatures: ["max(a, b, ...)"],
    description: {
      en: "The largest of quantities of one kind, or the latest date; a bare 0 fits money.",
      zh: "同类量中最大的一个，或最晚的日期；单独的 0 可与金额相比。",
    },
    examples: [
      { source: "max(3, 1, 2)", kind: "number", result: 3 },
      { source: "max(0, USD 5M - USD 8M)", kind: "money", result: 0 },
    ],
  },
  {
    name: "sum",
    form: "function",
    signatures: ["sum(a, b, ...)"],
    description: {
      en: "The sum of quantities of one kind; among numbers a yes counts as 1.",
      zh: "同类量之和；与数字相加时，“是”计为 1。",
    },
    examples: [
      { source: "sum(1, 2, 3.5)", kind: "number", result: 6.5 },
      { source: "sum(2 > 1, 1 > 2, 3 > 1)", kind: "number", result: 2 },
    ],
  },
  {
    name: "exp",
    form: "function",
    signatures: ["exp(x)"],
    description: { en: "e to the power of x.", zh: "e 的 x 次方。" },
    examples: [{ source: "exp(0)", kind: "number", result: 1 }],
  },
  {
    name: "log",
    form: "function",
    signatures: ["log(x)"],
    description: { en: "Natural logarithm; undefined at 0 and below.", zh: "自然对数；x 不大于 0 时无定义。" },
    examples: [{ source: "log(exp(2))", kind: "number", result: 2 }],
  },
  {
    name: "sqrt",
    form: "function",
    signatures: ["sqrt(x)"],
    description: { en: "Square root; undefined below 0.", zh: "平方根；x 为负时无定义。" },
    examples: [{ source: "sqrt(16)", kind: "number", result: 4 }],
  },
  {
    name: "pow",
    form: "function",
    signatures: ["pow(base, exponent)"],
    description: {
      en: "base to the power of exponent, as base ^ exponent; undefined for a negative base with a broken exponent.",
      zh: "base 的 exponent 次方，同 base ^ exponent；底数为负而指数非整数时无定义。",
    },
    examples: [{ source: "pow(2, 10)", kind: "number", result: 1024 }],
  },
  {
    name: "abs",
    form: "function",
    signatures: ["abs(x)"],
    description: { en: "Distance from zero.", zh: "绝对值。" },
    examples: [{ source: "abs(-3)", kind: "number", result: 3 }],
  },
  {
    name: "clip",
    form: "function",
    signatures: ["clip(x, low, high)"],
    description: {
      en: "x, but no less than low and no more than high; undefined where low exceeds high.",
      zh: "把 x 限制在 low 与 high 之间；low 大于 high 时无定义。",
    },
    examples: [
      { source: "clip(12, 0, 10)", kind: "number", result: 10 },
      { source: "clip(1.2, 0%, 100%)", kind: "probability", result: 1 },
    ],
  },
  {
    name: "round",
    form: "function",
    signatures: ["round(x)"],
    description: { en: "The nearest whole number; halves go up.", zh: "四舍五入到整数；.5 一律向上。" },
    examples: [
      { source: "round(2.5)", kind: "number", result: 3 },
      { source: "round(-2.5)", kind: "number", result: -2 },
    ],
  },
  {
    name: "floor",
    form: "function",
    signatures: ["floor(x)"],
    description: { en: "The largest whole number not above x.", zh: "不大于 x 的最大整数。" },
    examples: [{ source: "floor(2.9)", kind: "number", result: 2 }],
  },
  {
    name: "discount",
    form: "function",
    signatures: ["discount(rate, duration)"],
    description: {
      en: "What one unit after that duration is worth now: (1 + rate) ^ -years, and 0 for never.",
      zh: "一段时长之后的 1 元今天值多少：(1 + rate) ^ -年数；never 为 0。",
    },
    examples: [
      { source: "discount(25%, 1 year)", kind: "number", result: 0.8 },
      { source: "USD 100M * discount(25%, 2 years)", kind: "money", result: 64e6 },
      { source: "discount(10%, never - today)", kind: "number", result: 0 },
    ],
  },
  {
    name: "years",
    form: "function",
    signatures: ["years(duration)"],
    description: { en: "A duration as a number of years of 365.25 days.", zh: "把时长换算成年数（一年 365.25 天）。" },
    examples: [{ source: "years(18 months)", kind: "number", result: 1.5 }],
  },
  {
    name: "months",
    form: "function",
    signatures: ["months(duration)"],
    description: { en: "A duration as a number of months of 30.4375 days.", zh: "把时长换算成月数（一月 30.4375 天）。" },
    examples: [{ source: "months(2 years)", kind: "number", result: 24 }],
  },
  {
    name: "days",
    form: "function",
    signatures: ["days(duration)"],
    description: { en: "A duration as a number of days.", zh: "把时长换算成天数。" },
    examples: [{ source: "days(2024-03-01 - 2024-02-01)", kind: "number", result: 29 }],
  },
];

/** Operators and words. */
export const syntaxBuiltIns: BuiltIn[] = [
  {
    name: "to",
    form: "operator",
    signatures: ["low to high"],
    description: {
      en: "A 90% interval: 5% below low, 5% above high. Lognormal when both are positive, else normal; dates always normal.",
      zh: "90% 区间：低于 low 和高于 high 各占 5%。两端皆为正时按对数正态，否则按正态；日期一律按正态。",
    },
    examples: [
      { source: "5 to 50", kind: "number" },
      { source: "USD 1bn to USD 10bn", kind: "money" },
      { source: "6 months to 2 years", kind: "duration" },
      { source: "2025-06-30 to 2027-12-31", kind: "date" },
    ],
  },
  {
    name: "by",
    form: "operator",
    signatures: ["date by deadline"],
    description: {
      en: "Whether a date falls on or before another; never is by no date but never.",
      zh: "某日期是否不晚于另一日期；never 只不晚于 never。",
    },
    examples: [
      { source: "2024-06-30 by 2024-12-31", kind: "yesNo", result: 1 },
      { source: "never by 2024-12-31", kind: "yesNo", result: 0 },
    ],
  },
  {
    name: "is",
    form: "operator",
    signatures: ["choice is option", "choice is not option"],
    description: {
      en: "Whether two things are equal; an option of a choice is written as a bare word.",
      zh: "两者是否相等；选项直接写它的名字。",
    },
    examples: [
      { source: "oneOf(openai: 60%, other: 40%) is openai", kind: "yesNo" },
      { source: "1 + 1 is 2", kind: "yesNo", result: 1 },
    ],
  },
  {
    name: "if",
    form: "operator",
    signatures: ["if condition then a else b", "a if condition else b"],
    description: {
      en: "a where the condition holds, else b; both of one kind. The branch that is not taken can cause no problem.",
      zh: "条件成立取 a，否则取 b；两者须为同类。未取的分支不会引起任何问题。",
    },
    examples: [
      { source: "if 2 > 1 then USD 5M else 0", kind: "money", result: 5e6 },
      { source: "1 if 1 > 2 else log(1)", kind: "number", result: 0 },
    ],
  },
  {
    name: "and",
    form: "operator",
    signatures: ["a and b"],
    description: { en: "Yes where both are.", zh: "两者皆“是”才为“是”。" },
    examples: [{ source: "2 > 1 and 1 > 2", kind: "yesNo", result: 0 }],
  },
  {
    name: "or",
    form: "operator",
    signatures: ["a or b"],
    description: { en: "Yes where at least one is.", zh: "至少一个为“是”即为“是”。" },
    examples: [{ source: "2 > 1 or 1 > 2", kind: "yesNo", result: 1 }],
  },
  {
    name: "not",
    form: "operator",
    signatures: ["not a"],
    description: { en: "Yes where a is no.", zh: "取反：“否”变“是”。" },
    examples: [{ source: "not 2 > 1", kind: "yesNo", result: 0 }],
  },
  {
    name: "today",
    form: "word",
    signatures: ["today"],
    description: { en: "The day as of which the workspace is read.", zh: "工作区所依据的日期。" },
    examples: [{ source: "days(today - today)", kind: "number", result: 0 }],
  },
  {
    name: "never",
    form: "word",
    signatures: ["never"],
    description: {
      en: "A date after all others; adding or subtracting a duration leaves it as it is.",
      zh: "晚于一切日期的“永不”；加减时长后仍是永不。",
    },
    examples: [
      { source: "never > 2999-12-31", kind: "yesNo", result: 1 },
      { source: "never + 6 months is never", kind: "yesNo", result: 1 },
    ],
  },
  {
    name: "yes",
    form: "word",
    signatures: ["yes"],
    description: { en: "The answer yes to a yes/no question.", zh: "是非题的答案“是”。" },
    examples: [{ source: "yes", kind: "yesNo", result: 1 }],
  },
  {
    name: "no",
    form: "word",
    signatures: ["no"],
    description: { en: "The answer no to a yes/no question.", zh: "是非题的答案“否”。" },
    examples: [{ source: "(2 > 1) is no", kind: "yesNo", result: 0 }],
  },
];
