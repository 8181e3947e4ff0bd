import type { LabProblem } from "@watershed/compute-lab";

/** What the compute lab says in English; the Chinese table has the same shape. */
export const labEn = {
  separator: ", ",
  notPublished: "not published",
  unknownChip: (name: string, nearest: string) =>
    `No chip "${name}" in the catalogue. Nearest: ${nearest}. \`watershed lab chips\` lists all.`,
  chipsTitle: "Accelerators",
  chipsNote:
    "Dense peak in TFLOP/s, memory in GB and GB/s, chips in the fast domain and GB/s per chip and direction in it, chip power in W. A figure that could not be checked makes the row less sure: `lab chips NAME` says which and where it comes from.",
  chipColumns: ["Chip", "Year", "BF16", "FP8", "FP4", "GB", "GB/s", "Domain", "GB/s", "W", "Known from"],
  confidences: { table: "table", mixed: "partly", secondary: "press", unverified: "unsure", announced: "announced" },
  chip: {
    peak: "Dense peak",
    measured: "Fastest measured",
    memory: "Memory",
    scaleUp: "Fast domain",
    scaleOut: "Network per chip",
    power: "Power",
    confidence: "Known from",
    unverified: "Could not be verified",
    notes: "Notes",
    source: "Source",
  },
  scaleUp: (chips: number | string, rate: string) => `${chips} chips, ${rate} GB/s per chip and direction`,
  power: (chip: number, server: number | string) => `${chip} W per chip, ${server} W per chip with its server`,
  error: "error",
  warning: "warning",
  note: "note",
  cannotRead: (file: string, reason: string) => `${file} cannot be read: ${reason}`,
  notJson: (file: string, reason: string) => `${file} is not JSON: ${reason}`,
  noRows: (file: string) =>
    `${file} holds no row. A row has model, chips, plan and software; a file holds one, a list, or { "rows": [...] }.`,
  onlyWithoutFile: (flags: string, file: string) =>
    `${flags}: these count only without a file. Write it into the row of ${file}, or leave the file out.`,
  nothingToPredict: "Nothing to predict: give a file of rows, or --preset with the name of an AI model (and --cluster).",
  unknownAiModel: (name: string, nearest: string) => `No published AI model "${name}". Nearest: ${nearest}.`,
  unknownCluster: (name: string, known: string) => `"${name}" is neither CHIPxCOUNT (H100-80GBx1024) nor one of: ${known}`,
  badTokens: (text: string) => `--tokens ${text}: it takes a number of tokens such as 300B, 14.8T or 2e12.`,
  facts: {
    step: "Step time",
    level: "Level",
    use: "Use of the chips",
    rate: "Model rate per chip",
    tokens: "Tokens",
    memory: "Memory per chip",
    training: "Training",
  },
  stepBand: (step: string, low: string, high: string) => `${step}, 80% band ${low} to ${high}`,
  within: (amount: string, low: string, high: string) => `${amount} (${low}–${high})`,
  uncalibrated: "from published runs alone; one to three measured rows of this site (--calibrate) narrow the band",
  calibrated: (rows: number) => `corrected by ${rows} measured ${rows === 1 ? "row" : "rows"} of this site`,
  use: (causal: string, full: string, hardware: string) =>
    `MFU ${causal} with causal attention counted half (${full} counted whole), HFU ${hardware}; all against the dense BF16 peak`,
  tokensPerSecond: (all: string, each: string) => `${all} per second, ${each} per chip`,
  fits: (used: string, left: string) => `${used} GiB, fits with ${left} GiB to spare`,
  doesNotFit: (used: string, short: string) => `${used} GiB, does not fit: ${short} GiB short`,
  training: (trillions: number, days: number, low: number, high: number, hours: string) =>
    `${Number(trillions.toPrecision(3))}T tokens in ${days.toPrecision(3)} days (${low.toPrecision(3)} to ${high.toPrecision(3)}) without interruptions, ${hours} chip-hours`,
  plan: (degrees: string, zero: number, micro: number, batch: number, precision: string, recomputation: string, share: number) =>
    `Plan: ${degrees}, ZeRO stage ${zero}, microbatch ${micro}, global batch ${batch}, ${precision}, recomputation ${recomputation}${share > 0 && share < 100 ? `, ${share}% of layers in full` : ""}`,
  recomputations: { none: "none", selective: "selective", full: "full" },
  partsTitle: "Where the time of a step goes",
  partColumns: ["Part", "Time", "80% band", "Share", ""],
  parts: {
    matrixSeconds: "Matrix products",
    attentionSeconds: "Attention",
    memoryBoundSeconds: "Memory-bound kernels",
    recomputationSeconds: "Recomputation",
    tensorCommunicationSeconds: "Tensor-parallel exchange",
    contextCommunicationSeconds: "Context-parallel exchange",
    expertCommunicationSeconds: "Exchange among experts",
    pipelineBubbleSeconds: "Pipeline bubble",
    pipelineCommunicationSeconds: "Pipeline transfers",
    dataCommunicationSeconds: "Gradients and weights exchanged",
    optimizerSeconds: "Optimizer",
    encoderSeconds: "Encoders",
    overheadSeconds: "Hosts and fixed time",
  },
  memoryTitle: "What fills a chip's memory (fullest stage)",
  memoryColumns: ["Part", "Size", "Share", ""],
  memoryParts: {
    weightBytes: "Weights",
    gradientBytes: "Gradients",
    optimizerBytes: "Optimizer state",
    activationBytes: "Activations",
    logitBytes: "Logits",
    reserveBytes: "Reserve (drivers, buffers, gaps)",
  },
  yes: "yes",
  no: "no",
  search: {
    title: (model: string, chip: string, chips: number, batch: number) =>
      `Fastest plans for ${model} on ${chips.toLocaleString("en-US")} ${chip}, ${batch.toLocaleString("en-US")} sequences per step`,
    frontierTitle: (model: string, chip: string) => `Fastest plan for ${model} at every number of ${chip}`,
    columns: ["Step", "80% band", "Plan", "Microbatch, sharding, recomputation", "GiB", "MFU", "First"],
    chance:
      "First: the chance to be the fastest of these, given what predictions err and what like plans share of it. Plans with near chances cannot be told apart from here; measuring the first four found, in each of five published tables, a plan within 1% of the best.",
    frontierColumns: ["Chips", "Step", "80% band", "Plan", "Microbatch, sharding, recomputation", "GiB", "MFU", "Thousand tokens/s"],
    counts: (label: string, considered: string, timed: string, pruned: string, large: string) =>
      `${label}${considered} plans considered: ${timed} timed, ${pruned} passed over as surely slower, ${large} too large for memory.`,
    nothingFits: (chips: number) =>
      `No plan fits on ${chips.toLocaleString("en-US")} chips: more chips, more memory or a smaller batch would help.`,
    searching: "searching plans",
    badNumber: "--batch, --keep and --frontier take whole numbers from 1 up; --frontier several with commas.",
  },
  compareTitle: (trillions: number) => `Side by side, for ${Number(trillions.toPrecision(3))}T tokens without interruptions`,
  compareColumns: ["Row", "Chips", "Step", "Days (80% band)", "Thousand chip-hours", "MFU", "Fits", "Largest loss"],
  validation: {
    title: "How predictions of step time do on published papers",
    leftOut: "Every paper is predicted by constants calibrated without it, from its software's name and date alone.",
    fitted: "These constants saw the papers: this shows the fit and is no test.",
    known: (rows: number, any: boolean, sameRelease: boolean) =>
      `${rows} other measured ${rows === 1 ? "row" : "rows"} of the same paper and chip${sameRelease ? " and release" : ""} ${rows === 1 ? "is" : "are"} known, ${any ? "drawn five times" : "most like the row asked for"}; rows without that many are left out.`,
    legend:
      "Mean and median of the absolute error, signed mean error (+ predicts too slow), share of rows that the 80% band holds, and the worst row.",
    columns: ["Paper", "Rows", "Mean", "Median", "Bias", "Band", "Worst row"],
    withExperts: ", experts",
    dense: "All dense",
    experts: "All with experts",
    all: "All",
    memory: {
      title: "How predictions of memory per chip do on published totals",
      note: "Bytes are predicted as each source measures them: reserved by PyTorch's allocator, or as the driver shows them, with drivers and communication. The formulas were mended with these sources in view, so that the errors are a fit and no test. Mean absolute error, signed mean error (− predicts too little), share of rows that the band holds, and the worst row.",
      columns: ["Source", "Rows", "Measured", "Mean", "Bias", "Band", "Worst row"],
      measures: { reserved: "reserved", device: "driver", mixed: "" },
      ran: (right: number, rows: number) => `Of the ${rows} of these runs that ran, ${right} are told to fit.`,
      ranElsewhere: (right: number, rows: number) =>
        `Of ${rows} runs of the tables of step times, which all ran, ${right} are told to fit.`,
      outOfMemory: (right: number, rows: number) => `Of ${rows} that ran out of memory, ${right} are told not to fit.`,
    },
    badKnown: (given: string) => `--known ${given}: it takes 0, 1, 2 or 3 rows.`,
  },
  rules: {
    heads: "it must divide the attention heads",
    layers: "it should divide the layers; stages are uneven otherwise",
    layersOfStage: "a stage cannot have more chunks than layers",
    experts: "it must divide the experts",
    batchInMicrobatches: "the batch should be whole microbatches of every data-parallel rank",
    topkWithinExperts: "a token cannot visit more experts than there are",
  } as Record<string, string>,
  problem: ({ code, params }: LabProblem): string => labProblemEn(code, params),
};

function labProblemEn(code: LabProblem["code"], p: LabProblem["params"]): string {
  switch (code) {
    case "missing":
      return "This field is missing, and nothing else tells it.";
    case "notPositive":
      return `"${p.given}" is not a positive number; give one, 1 at the least.`;
    case "notWhole":
      return `${p.given} is not a whole number. Nearest: ${p.nearest}.`;
    case "outOfRange":
      return `${p.given} is out of range: ${p.low} to ${p.high}.`;
    case "unknownChip":
      return `No chip "${p.given}" in the catalogue. Nearest: ${p.nearest}. \`watershed lab chips\` lists all.`;
    case "unknownName":
      return `No published AI model "${p.given}", and the row gives no dimensions of its own. Nearest: ${p.nearest}.`;
    case "unknownPrecision":
      return `"${p.given}" is no known number format. Known: ${p.nearest}.`;
    case "unknownWord":
      return `"${p.given}" means nothing here, so this counts as not given. Understood: ${p.nearest}.`;
    case "unknownField":
      return `No field is called "${p.given}", so it is not read. Nearest: ${p.nearest}.`;
    case "wrongShape":
      return `"${p.given}" is not what stands here. What would do: ${p.nearest}.`;
    case "precisionNotOnChip":
      return `${p.chip} has no ${p.given}. Nearest that it has: ${p.nearest}.`;
    case "doesNotDivide":
      return `${p.given} against ${p.of}: ${labEn.rules[p.rule]}. Nearest: ${p.nearest}.`;
    case "productNotChips":
      return `The degrees multiply to ${p.product}, which must divide the ${p.chips} chips exactly. Nearest: ${p.nearest}.`;
    case "doesNotFit":
      return `${(Number(p.bytesShort) / 2 ** 30).toFixed(1)} GiB short of the ${(Number(p.capacityBytes) / 2 ** 30).toFixed(0)} GiB of ${p.chip}. More tensor or pipeline parallelism, sharding or recomputation would help.`;
    case "fitsWithinError":
      return `Memory is predicted to about a seventh: ${gibibytes(p.marginBytes)} GiB of ${gibibytes(p.capacityBytes)} GiB are left on ${p.chip}, so this may go either way.`;
    case "chosen":
      return `Not printed; taken: ${p.taken} (the fastest that fits, by the conventions of the stack).`;
    case "assumed":
      return `Not given; taken: ${p.taken}.`;
    case "noSoftware":
      return 'No software named: the band is wider. Give the stack\'s name and date, such as "NeMo 24.09".';
    case "neverDone":
      return `A job of ${p.given} chips is interrupted again before it gets anywhere: it takes no number of days.`;
    case "unverifiedChip":
      return `Figures of ${p.given} are ${p.confidence === "announced" ? "announced, not measured" : "not verified"}: treat the result as a claim.`;
    case "sameName":
      return `Another site is called "${p.given}" already. Nearest that is free: "${p.nearest}".`;
    case "unknownSite":
      return `A link joins two of the sites by their names; "${p.given}" is none. Nearest: ${p.nearest}.`;
    case "noLink":
      return `No link reaches the site "${p.given}". Nearest that would do: ${p.nearest}.`;
    case "noSiteFits":
      return `The site "${p.given}" cannot hold the AI model by itself: it can take part in a pipeline over sites, not share the data.`;
    case "planSearched":
      return `Nothing of the split is printed; taken: the fastest that a search of the whole space finds (${p.taken}). A team with less time to tune is slower.`;
    case "batchCapped":
      return batchCapped(p);
    case "measuredFarOff":
      return `${p.given} s are ${p.times} times the ${p.expected} s to be expected, more than twice as far off as the band reaches. Check unit, batch and plan; if they are right, this site is unlike the published ones: its own step is believed, and the band is wider.`;
  }
}

function batchCapped(p: LabProblem["params"]): string {
  return `No batch given: ${p.taken} sequences taken, ${millions(p.tokens)} million tokens. That is the most taken unasked, so each of the ${p.chips} chips has ${p.perChip} tokens a step where smaller clusters have 8,192; a larger batch would use the chips better, and published runs went up to ${millions(p.largest)} million tokens.`;
}

function millions(tokens: string | number): string {
  return String(Number((Number(tokens) / 1e6).toPrecision(3)));
}

function gibibytes(bytes: string | number): string {
  return (Number(bytes) / 2 ** 30).toFixed(1);
}

export type LabWording = typeof labEn;
