import { distributionProblem } from "@watershed/probability";
import type { Distribution } from "@watershed/probability";
import { bindArguments } from "./arguments.ts";
import type { Parameter } from "./arguments.ts";
import { signatureOf } from "./built-ins.ts";
import { demand, reportMismatch } from "./demand.ts";
import type { Operand } from "./demand.ts";
import { placeOf, report } from "./elaboration.ts";
import type { Draw, Elaboration } from "./elaboration.ts";
import { dateKind, durationKind, isNumeric, moneyKind, numberKind, probabilityKind } from "./kind.ts";
import type { Kind } from "./kind.ts";
import type { Operator } from "./operators.ts";
import type { Tree, TreeOf } from "./tree.ts";

type Call = TreeOf<"call">;

/** What a parameter is: a place on the axis of the result, a difference of two places, a positive amount, or a number of its own. */
type Role = "place" | "spread" | "amount" | "number" | "probability";

interface FamilyParameter extends Parameter {
  role: Role;
  otherwise?: number;
}

/** One way of writing a family; convert turns the written parameters into the family's own. */
interface Variant {
  parameters: FamilyParameter[];
  convert?: (apply: Apply, nodes: number[]) => number[];
}

type Apply = (operator: Operator, ...inputs: (number | { constant: number })[]) => number;

interface Family {
  variants: Variant[];
  build: (parameters: number[]) => Distribution;
  kind?: Kind; // where no parameter is on the axis of the result
  bounded?: boolean; // draws lie between its parameters, so that probabilities yield a probability
}

const parameters = (...all: [name: string, role: Role, otherwise?: number][]): FamilyParameter[] =>
  all.map(([name, role, otherwise]) => ({ name, role, otherwise, optional: otherwise !== undefined }));

/** The families whose parameters may differ between draws. Parameters of `sampleWith` are in this order. */
const families: Record<string, Family> = {
  normal: {
    variants: [{ parameters: parameters(["mean", "place"], ["sd", "spread"]) }],
    build: ([mean, standardDeviation]) => ({ kind: "normal", mean, standardDeviation }),
  },
  lognormal: {
    variants: [
      { parameters: parameters(["logMean", "number"], ["logSd", "number"]) },
      { parameters: parameters(["mean", "amount"], ["sd", "amount"]), convert: logParameters },
      {
        parameters: parameters(["median", "amount"], ["sigma", "number"]),
        convert: (apply, [median, sigma]) => [apply("log", median), sigma],
      },
    ],
    build: ([logMean, logStandardDeviation]) => ({ kind: "lognormal", logMean, logStandardDeviation }),
  },
  beta: {
    variants: [{ parameters: parameters(["alpha", "number"], ["beta", "number"]) }],
    build: ([alpha, beta]) => ({ kind: "beta", alpha, beta }),
    kind: probabilityKind,
  },
  gamma: {
    variants: [{ parameters: parameters(["shape", "number"], ["scale", "amount"]) }],
    build: ([shape, scale]) => ({ kind: "gamma", shape, scale }),
  },
  uniform: {
    variants: [{ parameters: parameters(["low", "place"], ["high", "place"]) }],
    build: ([low, high]) => ({ kind: "uniform", low, high }),
    bounded: true,
  },
  triangular: {
    variants: [{ parameters: parameters(["low", "place"], ["mode", "place"], ["high", "place"]) }],
    build: ([low, mode, high]) => ({ kind: "triangular", low, mode, high }),
    bounded: true,
  },
  pert: {
    variants: [{ parameters: parameters(["low", "place"], ["mode", "place"], ["high", "place"]) }],
    build: ([low, mode, high]) => ({ kind: "pert", low, mode, high }),
    bounded: true,
  },
  exponential: {
    variants: [{ parameters: parameters(["mean", "amount"]) }],
    build: ([mean]) => ({ kind: "exponential", mean }),
  },
  student: {
    variants: [{ parameters: parameters(["df", "number"], ["location", "place", 0], ["scale", "spread", 1]) }],
    build: ([degreesOfFreedom, location, scale]) => ({ kind: "student", degreesOfFreedom, location, scale }),
  },
  weibull: {
    variants: [{ parameters: parameters(["shape", "number"], ["scale", "amount"]) }],
    build: ([shape, scale]) => ({ kind: "weibull", shape, scale }),
  },
  pareto: {
    variants: [{ parameters: parameters(["minimum", "amount"], ["shape", "number"]) }],
    build: ([minimum, shape]) => ({ kind: "pareto", minimum, shape }),
  },
  poisson: {
    variants: [{ parameters: parameters(["mean", "number"]) }],
    build: ([mean]) => ({ kind: "poisson", mean }),
    kind: numberKind,
  },
  binomial: {
    variants: [{ parameters: parameters(["n", "number"], ["p", "probability"]) }],
    build: ([trials, probability]) => ({ kind: "binomial", trials, probability }),
    kind: numberKind,
  },
};

export const familyNames = Object.keys(families);

/** Checks a call of a plain family: a distribution where all parameters are constant, else the family with its parameters as steps. */
export function readFamily(elaboration: Elaboration, call: Call): Draw | undefined {
  const family = families[call.name];
  const variant = chooseVariant(family, call);
  const bound = bindArguments(elaboration, call, variant.parameters);
  const operands = bound && elaborateParameters(elaboration, bound);
  if (!operands) return undefined;
  const axis = family.kind ?? axisKind(elaboration, call, variant, operands);
  const nodes = axis && variant.parameters.map((parameter) => parameterNode(elaboration, call, parameter, operands, axis));
  if (!axis || !nodes || nodes.includes(undefined)) return undefined;
  const converted = variant.convert ? variant.convert(applyAt(elaboration, call), nodes as number[]) : (nodes as number[]);
  const kind = !family.kind && isNumeric(axis) ? numericKind(family, [...operands.values()]) : axis;
  return finishDraw(elaboration, call, family, kind, converted);
}

function chooseVariant(family: Family, call: Call): Variant {
  const labels = call.arguments.flatMap(({ label }) => (label?.type === "name" ? [label.name] : []));
  return (
    family.variants.find(({ parameters: own }) => labels.some((label) => own.some(({ name }) => name === label))) ?? family.variants[0]
  );
}

function elaborateParameters(elaboration: Elaboration, bound: Map<string, Tree>): Map<string, Operand> | undefined {
  const operands = new Map<string, Operand>();
  for (const [name, tree] of [...bound].sort(([, one], [, other]) => one.from - other.from)) {
    const checked = elaboration.elaborate(tree);
    if (checked) operands.set(name, { typed: checked, tree });
  }
  return operands.size === bound.size ? operands : undefined;
}

/** The kind of the draws: that of the first place or amount that is not a plain number. */
function axisKind(elaboration: Elaboration, call: Call, variant: Variant, operands: Map<string, Operand>): Kind | undefined {
  const onAxis = variant.parameters.flatMap(({ name, role }) => {
    const operand = operands.get(name);
    return operand && role !== "number" && role !== "probability" ? [{ operand, role, name }] : [];
  });
  const telling = onAxis.filter(({ operand: { typed } }) => !typed.zero && !isNumeric(typed.kind));
  const leading = telling.find(({ role }) => role !== "spread") ?? telling[0];
  if (!leading) return numberKind;
  const { kind } = leading.operand.typed;
  const allowed = [numberKind, moneyKind, durationKind, ...(leading.role === "place" ? [dateKind] : [])];
  if (allowed.some((one) => one.kind === kind.kind)) return kind;
  return reportMismatch(elaboration, leading.operand, allowed, `${call.name}: ${leading.name}`);
}

function parameterNode(
  elaboration: Elaboration,
  call: Call,
  parameter: FamilyParameter,
  operands: Map<string, Operand>,
  axis: Kind,
): number | undefined {
  const { name, role, otherwise } = parameter;
  const operand = operands.get(name);
  if (!operand && role === "spread" && !isNumeric(axis)) {
    return report(elaboration, "missingArgument", call, { function: call.name, argument: name, signature: signatureOf(call.name) });
  }
  if (!operand) return elaboration.builder.constant(otherwise!, placeOf(elaboration, call));
  const needed =
    role === "number"
      ? numberKind
      : role === "probability"
        ? probabilityKind
        : role === "spread" && axis.kind === "date"
          ? durationKind
          : axis;
  return demand(elaboration, operand, needed, `${call.name}: ${name}`);
}

function numericKind(family: Family, operands: Operand[]): Kind {
  return family.bounded && operands.every(({ typed }) => typed.kind.kind === "probability" || typed.zero) ? probabilityKind : numberKind;
}

function applyAt(elaboration: Elaboration, call: Call): Apply {
  const at = placeOf(elaboration, call);
  const { builder } = elaboration;
  return (operator, ...inputs) =>
    builder.apply(
      operator,
      inputs.map((input) => (typeof input === "number" ? input : builder.constant(input.constant, at))),
      at,
    );
}

/** Method of moments: logSd^2 = log(1 + (sd/mean)^2), logMean = log(mean) - logSd^2 / 2. */
function logParameters(apply: Apply, [mean, sd]: number[]): number[] {
  const ratio = apply("divide", sd, mean);
  const variance = apply("log", apply("add", { constant: 1 }, apply("multiply", ratio, ratio)));
  return [apply("subtract", apply("log", mean), apply("divide", variance, { constant: 2 })), apply("sqrt", variance)];
}

function finishDraw(elaboration: Elaboration, call: Call, family: Family, kind: Kind, nodes: number[]): Draw | undefined {
  const amounts = nodes.map((node) => elaboration.builder.constantOf(node));
  if (amounts.includes(undefined)) return { kind, family: call.name, parameters: nodes };
  return soundDistribution(elaboration, call, kind, family.build(amounts as number[]));
}

/** A draw from a distribution, unless its parameters make no sense, which is reported. */
export function soundDistribution(elaboration: Elaboration, tree: Tree, kind: Kind, distribution: Distribution): Draw | undefined {
  const problem = distributionProblem(distribution);
  if (!problem) return { kind, distribution };
  const details = Object.entries(problem.params).map(([name, amount]) => `${name} = ${amount}`);
  return report(elaboration, "distributionParameters", tree, { family: distribution.kind, reason: problem.code, details });
}
