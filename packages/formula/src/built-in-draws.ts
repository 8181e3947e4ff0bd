import type { BuiltIn } from "./built-in.ts";

/** The functions that draw from a distribution. */
export const drawBuiltIns: BuiltIn[] = [
  {
    name: "normal",
    form: "function",
    signatures: ["normal(mean, sd)"],
    description: {
      en: "Bell curve by mean and standard deviation; also of money, durations and dates (the sd of a date is a duration).",
      zh: "正态分布，给出均值和标准差；也可用于金额、时长和日期（日期的标准差是一段时长）。",
    },
    examples: [
      { source: "normal(5, 2)", kind: "number" },
      { source: "normal(USD 2bn, USD 500M)", kind: "money" },
      { source: "normal(2027-06-30, 6 months)", kind: "date" },
    ],
  },
  {
    name: "lognormal",
    form: "function",
    signatures: ["lognormal(logMean, logSd)", "lognormal(mean: ..., sd: ...)", "lognormal(median: ..., sigma: ...)"],
    description: {
      en: "Positive and skewed to the right: by the mean and sd of its logarithm, by its own mean and sd, or by its median and sigma.",
      zh: "对数正态分布，恒为正、右侧长尾：可给对数的均值和标准差，也可给自身的均值和标准差，或中位数和 sigma。",
    },
    examples: [
      { source: "lognormal(0, 1)", kind: "number" },
      { source: "lognormal(mean: USD 2bn, sd: USD 3bn)", kind: "money" },
      { source: "lognormal(median: 18 months, sigma: 0.5)", kind: "duration" },
    ],
  },
  {
    name: "beta",
    form: "function",
    signatures: ["beta(alpha, beta)"],
    description: {
      en: "An uncertain share between 0 and 1, as after alpha - 1 successes and beta - 1 failures.",
      zh: "0 到 1 之间的不确定比例，相当于见过 alpha - 1 次成功、beta - 1 次失败之后的判断。",
    },
    examples: [{ source: "beta(3, 7)", kind: "probability" }],
  },
  {
    name: "gamma",
    form: "function",
    signatures: ["gamma(shape, scale)"],
    description: { en: "Positive, with mean shape x scale.", zh: "伽马分布，恒为正，均值为 shape × scale。" },
    examples: [
      { source: "gamma(2, 3)", kind: "number" },
      { source: "gamma(2, 1 year)", kind: "duration" },
    ],
  },
  {
    name: "uniform",
    form: "function",
    signatures: ["uniform(low, high)"],
    description: { en: "Every value between low and high is equally likely.", zh: "均匀分布：low 与 high 之间处处等可能。" },
    examples: [
      { source: "uniform(10, 20)", kind: "number" },
      { source: "uniform(20%, 60%)", kind: "probability" },
      { source: "uniform(2025-01-01, 2026-12-31)", kind: "date" },
    ],
  },
  {
    name: "triangular",
    form: "function",
    signatures: ["triangular(low, mode, high)"],
    description: {
      en: "Between low and high, most likely at mode, falling in straight lines on both sides.",
      zh: "三角分布：介于 low 与 high 之间，mode 处最可能，两侧直线下降。",
    },
    examples: [{ source: "triangular(1, 2, 5)", kind: "number" }],
  },
  {
    name: "pert",
    form: "function",
    signatures: ["pert(low, mode, high)"],
    description: {
      en: "Pessimistic, most likely and optimistic, as a smooth curve with mean (low + 4 mode + high) / 6.",
      zh: "悲观、最可能、乐观三点估计的平滑曲线，均值为 (low + 4 mode + high) / 6。",
    },
    examples: [{ source: "pert(0, 100M USD, 1bn USD)", kind: "money" }],
  },
  {
    name: "exponential",
    form: "function",
    signatures: ["exponential(mean)"],
    description: {
      en: "Waiting time for something that is equally likely at any moment.",
      zh: "指数分布：任何时刻发生的可能性都一样的事件，要等多久。",
    },
    examples: [{ source: "exponential(2 years)", kind: "duration" }],
  },
  {
    name: "student",
    form: "function",
    signatures: ["student(df)", "student(df, location, scale)"],
    description: {
      en: "Like a normal with heavier tails; the fewer degrees of freedom, the heavier. With location and scale also of money, durations and dates.",
      zh: "比正态分布尾部更厚；自由度越小尾部越厚。给出位置和尺度后也可用于金额、时长和日期。",
    },
    examples: [
      { source: "student(4)", kind: "number" },
      { source: "student(4, USD 1bn, USD 200M)", kind: "money" },
    ],
  },
  {
    name: "weibull",
    form: "function",
    signatures: ["weibull(shape, scale)"],
    description: {
      en: "Time until something gives out: the rate rises with age where shape is above 1, and falls below 1.",
      zh: "韦布尔分布，常用于寿命：shape 大于 1 时越久越容易失效，小于 1 时相反。",
    },
    examples: [{ source: "weibull(1.5, 3 years)", kind: "duration" }],
  },
  {
    name: "pareto",
    form: "function",
    signatures: ["pareto(minimum, shape)"],
    description: {
      en: "Power law above a minimum: a few outcomes dwarf the rest, the more so the smaller the shape (no mean at 1 or below).",
      zh: "超过 minimum 之后的幂律：少数结果远超其余，shape 越小越极端（不大于 1 时均值不存在）。",
    },
    examples: [{ source: "pareto(USD 10M, 1.3)", kind: "money" }],
  },
  {
    name: "poisson",
    form: "function",
    signatures: ["poisson(mean)"],
    description: {
      en: "How many independent events happen, given how many do on average.",
      zh: "泊松分布：已知平均次数，独立事件实际发生几次。",
    },
    examples: [{ source: "poisson(3)", kind: "number" }],
  },
  {
    name: "binomial",
    form: "function",
    signatures: ["binomial(n, p)"],
    description: { en: "How many of n independent attempts succeed.", zh: "二项分布：n 次独立尝试中成功几次。" },
    examples: [{ source: "binomial(10, 30%)", kind: "number" }],
  },
  {
    name: "quantiles",
    form: "function",
    signatures: ["quantiles(10%: 2, 50%: 5, 90%: 20)", "quantiles(10%: 2, 50%: 5, 90%: 20, low: 0, high: 100)"],
    description: {
      en: "The smooth curve through the values you name (metalog, Keelin 2016), with bounds where you know them; also of money, durations and dates.",
      zh: "经过你所给各分位值的平滑曲线（metalog，Keelin 2016），知道上下限时可写明；也可用于金额、时长和日期。",
    },
    examples: [
      { source: "quantiles(10%: 2, 50%: 5, 90%: 20, low: 0)", kind: "number" },
      { source: "quantiles(10%: USD 1bn, 50%: USD 2bn, 90%: USD 4bn)", kind: "money" },
      { source: "quantiles(10%: 2025-06-30, 50%: 2026-06-30, 90%: 2028-12-31)", kind: "date" },
    ],
  },
  {
    name: "chance",
    form: "function",
    signatures: ["chance(p)"],
    description: {
      en: "Yes with probability p. p may depend on other quantities; outside 0..1 it is clipped.",
      zh: "以概率 p 为“是”。p 可以随其他量变化，超出 0 到 1 的部分会被截断。",
    },
    examples: [
      { source: "chance(65%)", kind: "yesNo" },
      { source: "chance(80% if chance(50%) else 20%)", kind: "yesNo" },
    ],
  },
  {
    name: "oneOf",
    form: "function",
    signatures: ["oneOf(openai: 60%, google: 30%, other: 10%)"],
    description: { en: "One of a list, with chances that come to 100%.", zh: "从一组选项里取一个，各项概率合计必须为 100%。" },
    examples: [{ source: "oneOf(openai: 60%, google: 30%, other: 10%)", kind: "choice(openai, google, other)" }],
  },
  {
    name: "mixture",
    form: "function",
    signatures: ["mixture(60%: normal(0, 1), 40%: 5 to 10)"],
    description: {
      en: "One distribution or another, by weight: for stories that do not meet in the middle.",
      zh: "按权重从几个分布中取其一：适合“非此即彼”、没有中间地带的判断。",
    },
    examples: [{ source: "mixture(60%: normal(0, 1), 40%: 5 to 10)", kind: "number" }],
  },
  {
    name: "empirical",
    form: "function",
    signatures: ["empirical(1, 2, 3.5, ...)", "empirical(30: 1, 12: 2, ...)"],
    description: {
      en: "One of the observed values, each equally likely, or each by the weight or count before it.",
      zh: "从已观察到的数值中取一个：默认等可能，写了权重或次数则按权重。",
    },
    examples: [
      { source: "empirical(1, 2, 3.5)", kind: "number" },
      { source: "empirical(30: USD 0M, 12: USD 40M, 1: USD 2bn)", kind: "money" },
    ],
  },
  {
    name: "truncate",
    form: "function",
    signatures: ["truncate(distribution, low, high)", "truncate(distribution, low: ...)", "truncate(distribution, high: ...)"],
    description: {
      en: "The distribution given that it falls between low and high; the mass outside is shared out inside, not piled up at the ends.",
      zh: "限定在 low 与 high 之间的分布；界外的概率按比例分给界内，而不是堆在两端。",
    },
    examples: [
      { source: "truncate(normal(5, 2), 0, 10)", kind: "number" },
      { source: "truncate(normal(5, 2), low: 0)", kind: "number" },
    ],
  },
  {
    name: "censor",
    form: "function",
    signatures: ["censor(distribution, low, high)", "censor(distribution, low: ...)", "censor(distribution, high: ...)"],
    description: {
      en: "The distribution with every value beyond a limit moved to it: what lies outside piles up at low and high.",
      zh: "把界外的每个数值移到界上：落在界外的概率堆在 low 与 high 两端。",
    },
    examples: [
      { source: "censor(normal(5, 2), 0, 10)", kind: "number" },
      { source: "censor(pareto(USD 10M, 1.3), high: USD 20bn)", kind: "money" },
    ],
  },
  {
    name: "dates",
    form: "function",
    signatures: ["dates(2024-12-31: 30%, 2025-12-31: 60%, never: 40%)", "dates(from: 2024-01-01, 2024-12-31: 30%, ...)"],
    description: {
      en: "The chance that something has happened by each date, growing evenly between dates from today (or from:); with never it must come to 100%.",
      zh: "到每个日期为止已经发生的累计概率，从今天（或 from:）起在日期之间均匀增长；最后一项加上 never 必须为 100%。",
    },
    examples: [{ source: "dates(2024-12-31: 30%, 2025-12-31: 60%, 2028-12-31: 85%, never: 15%)", kind: "date" }],
  },
  {
    name: "orNever",
    form: "function",
    signatures: ["orNever(distribution, p)"],
    description: { en: "A date or duration that with probability p never comes.", zh: "以概率 p 永不到来的日期或时长。" },
    examples: [{ source: "orNever(2025-01-01 to 2027-01-01, 20%)", kind: "date" }],
  },
  {
    name: "trainingDays",
    form: "function",
    signatures: ['trainingDays(lab: "lab-a-cluster", aiModel: "moe-1t", tokens: 10T)'],
    description: {
      en: "How long a lab's cluster takes to train an AI model on so many tokens, failures included; both are described in the workspace's labs.",
      zh: "某实验室的集群用这么多词元训练一个模型要多久，已计入故障；集群和模型在工作区的 labs 里描述。",
    },
    examples: [
      { source: 'trainingDays(lab: "lab-a-cluster", aiModel: "moe-1t", tokens: 10T)', kind: "duration" },
      { source: '2024-06-01 + trainingDays("lab-a-cluster", "moe-1t", 10T) by 2024-12-31', kind: "yesNo" },
    ],
  },
];
