// The 60-variable investment case that engines are compared on: 36 questions and 24 formulas over them, in our language, numpy and Squiggle.

export interface Variable {
  name: string;
  ours: string;
  numpy: string; // of rng, block, and the variables before it
  squiggle: string; // of sample sets: only they remember which scenario a value belongs to
}

const normal = (name: string, mean: number, deviation: number): Variable => ({
  name,
  ours: `normal(${mean}, ${deviation})`,
  numpy: `rng.normal(${mean}, ${deviation}, block)`,
  squiggle: `normal(${mean}, ${deviation})`,
});
const lognormal = (name: string, mean: number, deviation: number): Variable => ({
  name,
  ours: `lognormal(${mean}, ${deviation})`,
  numpy: `rng.lognormal(${mean}, ${deviation}, block)`,
  squiggle: `lognormal(${mean}, ${deviation})`,
});
const chance = (name: string, percent: number): Variable => ({
  name,
  ours: `chance(${percent}%)`,
  numpy: `(rng.random(block) < ${percent / 100})`,
  squiggle: `bernoulli(${percent / 100})`,
});
const beta = (name: string, a: number, b: number): Variable => ({
  name,
  ours: `beta(${a}, ${b})`,
  numpy: `rng.beta(${a}, ${b}, block)`,
  squiggle: `beta(${a}, ${b})`,
});
const triangular = (name: string, low: number, mode: number, high: number): Variable => ({
  name,
  ours: `triangular(${low}, ${mode}, ${high})`,
  numpy: `rng.triangular(${low}, ${mode}, ${high}, block)`,
  squiggle: `triangular(${low}, ${mode}, ${high})`,
});

function pert(name: string, low: number, mode: number, high: number): Variable {
  const [a, b] = [1 + (4 * (mode - low)) / (high - low), 1 + (4 * (high - mode)) / (high - low)];
  return {
    name,
    ours: `pert(${low}, ${mode}, ${high})`,
    numpy: `${low} + ${high - low} * rng.beta(${a}, ${b}, block)`,
    squiggle: `${low} + ${high - low} * beta(${a}, ${b})`,
  };
}

function mixture(name: string, low: number, high: number): Variable {
  return {
    name,
    ours: `mixture(60%: normal(${low}, 1), 40%: normal(${high}, 2))`,
    numpy: `np.where(rng.random(block) < 0.6, rng.normal(${low}, 1, block), rng.normal(${high}, 2, block))`,
    squiggle: `mx(normal(${low}, 1), normal(${high}, 2), [0.6, 0.4])`,
  };
}

/** Days from today until something comes, if it does. */
function date(name: string, early: number, late: number): Variable {
  return {
    name,
    ours: `dates(2025-12-31: ${early}%, 2027-12-31: ${late}%, never: ${100 - late}%)`,
    numpy: `np.where((u := rng.random(block)) < ${late / 100}, np.interp(u, [0, ${early / 100}, ${late / 100}], [0, 639, 1369]), 1e9)`,
    squiggle: `mx(uniform(0, 639), uniform(639, 1369), 1e9, [${early / 100}, ${(late - early) / 100}, ${(100 - late) / 100}])`,
  };
}

function metalog(name: string, median: number): Variable {
  return {
    name,
    ours: `quantiles(10%: ${median / 2}, 50%: ${median}, 90%: ${median * 2}, low: 0)`,
    numpy: `${median} * np.exp(${Math.LN2 / Math.log(9)} * ((u := rng.random(block)), np.log(u / (1 - u)))[1])`,
    squiggle: `${median} * exp(${Math.LN2 / Math.log(9)} * logistic(0, 1))`,
  };
}

function formula(name: string, ours: string, numpy = ours, squiggle = ours): Variable {
  return { name, ours, numpy, squiggle };
}

const questions: Variable[] = [
  ...[60, 35, 80, 15, 50, 25, 70, 45].map((percent, index) => chance(`b${index}`, percent)),
  ...[3, 5, 2, 8, 4, 6].map((mean, index) => normal(`n${index}`, mean, 1 + index / 4)),
  ...[0.5, 1, 1.5, 0.2, 0.8, 1.2].map((mean, index) => lognormal(`l${index}`, mean, 0.3 + index / 10)),
  ...[2, 3, 4, 1.5].map((a, index) => beta(`s${index}`, a, 5 - index)),
  ...[1, 2, 3].map((low, index) => triangular(`t${index}`, low, low + 1, low + 4)),
  ...[1, 2, 3].map((low, index) => pert(`p${index}`, low, low + 2, low + 7)),
  ...[1, 4].map((low, index) => mixture(`m${index}`, low, low + 6)),
  date("d0", 30, 70),
  date("d1", 20, 85),
  ...[4, 9].map((median, index) => metalog(`q${index}`, median)),
];

const choose = (condition: string, one: string, other: string): [string, string, string] => [
  `if ${condition} then ${one} else ${other}`,
  `np.where(${condition}, ${one}, ${other})`,
  `${condition} * (${one}) + (1 - ${condition}) * (${other})`, // several times as fast as a choice in each scenario
];
const triggered = (name: string, day: string, within: number): Variable =>
  formula(
    name,
    `if ${day} by ${within === 639 ? "2025-12-31" : "2027-12-31"} then 1 else 0`,
    `np.where(${day} <= ${within}, 1, 0)`,
    `SampleSet.map(${day}, {|days| if days <= ${within} then 1 else 0})`,
  );

const formulas: Variable[] = [
  formula("f0", "l0 * n0 + p0"),
  formula("f1", ...choose("b0", "f0 * 2", "f0 / 2")),
  formula("f2", "max(n1, 0) * s0", "np.maximum(n1, 0) * s0", "SampleSet.max(n1, 0) * s0"),
  formula("f3", ...choose("b1", "l1 * t0", "l2")),
  formula("f4", "f1 + f2 + f3"),
  triggered("f5", "d0", 639),
  triggered("f6", "d1", 1369),
  formula("f7", "f4 * f5 * m0"),
  formula("f8", ...choose("b2", "q0 * s1", "q1 * s2")),
  formula("f9", "min(f8, 20)", "np.minimum(f8, 20)", "SampleSet.min(f8, 20)"),
  formula("f10", "exp(-s3) * l3", "np.exp(-s3) * l3"),
  formula("f11", "f9 * f10 + t1"),
  formula("f12", ...choose("b3", "f11 - p1", "f11 + p2")),
  formula("f13", "n2 * n3 - n4", "n2 * n3 - n4"),
  formula("f14", "max(f13, 0) / (1 + l4)", "np.maximum(f13, 0) / (1 + l4)", "SampleSet.max(f13, 0) / (1 + l4)"),
  formula("f15", ...choose("b4", "f14", "f12")),
  formula("f16", "log(1 + l5) * t2", "np.log(1 + l5) * t2"),
  formula("f17", "f6 * f16 + m1"),
  formula("f18", ...choose("b5", "f17 * 3", "f17")),
  formula("f19", "f18 - n5"),
  formula("f20", ...choose("b6", "f19", "0")),
  formula("f21", "f7 + f15 + f20"),
  formula("f22", ...choose("b7", "f21 * 1.5", "f21 * 0.8")),
  formula("f23", "f22 * 0.12 - 10"),
];

export const variables = [
  ...questions.map((question) => ({ ...question, squiggle: `SampleSet.fromDist(${question.squiggle})` })),
  ...formulas,
];
export const results = formulas.map(({ name }) => name);
