import type { LabProblem } from "@watershed/compute-lab";

type Params = LabProblem["params"];

/** What the lab says in English about running a job: failures, sites, substitution, cost, scaling; the Chinese table has the same shape. */
export const labRunEn = {
  checked: { read: "read", secondary: "restated by others", recalled: "recalled, unchecked", assumed: "assumption" },
  bandNote: "In brackets the band that should hold the truth four times in five.",
  sources: "Sources",
  listSeparator: ", ",
  assumption: "no published figure found: a stated assumption, to be replaced by the team's own",
  notNumber: (flag: string, given: string) => `${flag} takes a number such as 1000, 2.5M or 10T; "${given}" is none.`,
  countsOnlyWith: (flags: string, needed: string) => `${flags} counts only together with ${needed}, which is missing.`,
  badDate: (given: string) => `--date takes a month or a day such as 2024-03; "${given}" is none.`,
  problems: {
    missing: (flag: string) => `${flag} is missing.`,
    notPositive: (flag: string, { given }: Params) => `${flag} must be above zero; ${given} is not.`,
    notWhole: (flag: string, { given, nearest }: Params) => `${flag} must be a whole number; ${given} is not, ${nearest} is the nearest.`,
    outOfRange: (flag: string, { given, low, high }: Params) =>
      high === Infinity
        ? `${flag} must be at least ${low}; ${given} is not.`
        : `${flag} must lie between ${low} and ${high}; ${given} does not.`,
    neverDone: (_: string, { given }: Params) =>
      `Note: a job of ${given} chips is interrupted again before it gets anywhere, so it has no number of days.`,
    unknownChip: (flag: string, { given, nearest }: Params) => `${flag}: no chip "${given}" in the catalogue. Nearest: ${nearest}.`,
    precisionNotOnChip: (flag: string, { chip, given, nearest }: Params) => `${flag}: ${chip} has no ${given}. It has: ${nearest}.`,
    unverifiedChip: (flag: string, { chip }: Params) =>
      `Note: the figures of ${chip} (${flag}) could not be verified; its band is wider. \`watershed lab chips ${chip}\` says which.`,
    assumed: (flag: string, { chip }: Params) =>
      `Note: no observed price of ${chip}; taken at the price of an H100's peak FLOP, with a wide band. ${flag} gives your own.`,
    unknownName: (flag: string, { given, nearest }: Params) => `${flag} knows no "${given}". It knows: ${nearest}.`,
  },
  sites: {
    title: (sites: number, step: string) =>
      `One AI model on ${sites} sites: share of time that computes, by the link between them; a step takes ${step} s`,
    columns: ["Link, Gb/s", "Every step", "Every H steps", "Streamed"],
    schemeTitle: "What each scheme takes",
    schemeColumns: ["Scheme", "Gb/s for 95 %", "Useful time with failures", "Change of loss", "Compute for the same loss"],
    schemes: {
      everyStep: () => "gradients every step (synchronous)",
      localSteps: (steps: number) => `weights every ${steps} steps, waiting (DiLoCo)`,
      streaming: (steps: number) => `weights over ${steps} steps, beside computation (streaming)`,
    },
    none: "–",
    more: "more than is left to gain",
    note: "Against one site with as many chips. Loss with local steps is published up to 10B parameters; beyond that the band grows because nobody has shown whether the trend goes on.",
    reported: "What runs over several sites report",
    reportedRow: (run: string, share: string, kilometres: string) => `${run}: ${share}${kilometres}`,
    kilometres: (distance: number) => `, ${distance.toLocaleString("en-US")} km`,
  },
  across: {
    title: (aiModel: string, sites: string, tokens: string) => `${aiModel} on ${tokens} tokens over ${sites}`,
    best: (scheme: string, days: string, chance: string) =>
      `Best: ${scheme}, ${days} days for the same loss; in ${chance} of the draws no other takes fewer.`,
    columns: ["Scheme", "A step, seconds", "Time computing", "Days", "Days for the same loss", "Change of loss", "Best in"],
    schemes: {
      oneSite: (site: string) => `${site} alone`,
      everyStep: () => "gradients every step",
      localSteps: (_: string, steps: number) => `weights every ${steps} steps (DiLoCo)`,
      streaming: (_: string, steps: number) => `weights over ${steps} steps, streamed`,
      pipeline: () => "pipeline over the sites",
    },
    daysNote:
      "Days hold steps, links and failures; those for the same loss also the compute that makes up for a higher loss. A lower loss is not counted as a gain. No calendar time for halts and runs given up.",
    doesTitle: (scheme: string) => `Who does what: ${scheme}`,
    doesColumns: ["Site", "Chips", "Sequences", "Layers", "Seconds", "Plan"],
    bySpeed: "data shared out by speed",
    colon: ": ",
    waits: (link: string, fill: string, balance: string) =>
      `of a step ${link} waits for links, ${fill} for the pipeline to fill and drain, ${balance} for the slowest site.`,
    link: (pair: string, rate: string, enough: string) =>
      `The link that holds back is ${pair} at ${rate} Gb/s; ${enough} Gb/s would let 95% of the time compute.`,
    pipelineLink: (pair: string, rate: string, enough: string) =>
      `The link that holds back is ${pair} at ${rate} Gb/s; at ${enough} Gb/s it would keep up with the layers.`,
    without: (site: string, times: string) => `Without ${site} the same loss takes ${times} times the days.`,
    faster: (site: string, times: string) => `Without ${site} the same loss takes only ${times} times the days: it holds the others back.`,
    impossible: (site: string) => `Without ${site} the AI model fits nowhere.`,
    equalSplit: (times: string) => `With equal shares for every chip a step would take ${times} times as long.`,
    unknownSite: (written: string) =>
      `--at takes a number of chips and a chip, with a name before it if you like: Shanghai=8192xH800; "${written}" is none.`,
    unknownLink: (written: string) =>
      `--link takes two sites, a rate in Gb/s and a distance: Shanghai-Ulanqab=800:1500; "${written}" is none.`,
  },
  train: {
    title: (aiModel: string, lab: string, tokens: string) => `${aiModel} on ${lab}, ${tokens} tokens`,
    unknown: (what: "lab" | "aiModel", id: string, known: string) =>
      `The workspace describes no ${what === "lab" ? "lab" : "AI model"} "${id}". It has: ${known}.`,
    noLabs: "none",
    rows: {
      days: "Days",
      chips: "Chips that train",
      step: "A step, seconds",
      use: "Use of the chips' peak (MFU)",
      goodput: "Useful time with failures",
      overhead: "Calendar over steps and failures, times",
      sites: "Time that computes between sites",
      energy: "Energy at the meter, MWh",
      owned: "Owned, USD",
      rental: "Rented, USD",
    },
    spare: (chips: string, all: string) => `${chips} of ${all}; the rest are spares`,
    note: "Not in it: experiments before, a cluster that is not there yet, and what meeting less often does to the loss.",
    failed: (reason: string) => `The run cannot be predicted: ${reason}.`,
  },
  scaling: {
    title: (flops: string) => `A run of ${flops} FLOP`,
    optimum: "The best size and data for it, by four published laws",
    lawColumns: ["Law", "Active parameters", "Tokens", "Tokens per parameter"],
    laws: { chinchilla: "Chinchilla", besiroglu: "Besiroglu", deepSeek: "DeepSeek", llama3: "Llama 3" } as Record<string, string>,
    all: "all four, 80 % band",
    wasted: (share: string) =>
      `The run given spends ${share} of its compute above the best run of equal loss: the price of an AI model that is cheaper to serve.`,
    capability: (date: string) => `What it may score, released ${date}`,
    score: (score: string) => `MMLU ${score}`,
    levelColumns: ["Level", "MMLU", "Chance", "Compute at which it is even, FLOP"],
    capabilityNote:
      "One benchmark of knowledge, nearly used up above 85 %. On twelve later AI models that the curve never saw it is two points too high on average and four off; all lie in the band. Of AI models released within a year of what was known, four in five did.",
    never: "above the ceiling",
    multimodal: "Tokens of the mix",
    mixColumns: ["Kind", "Tokens", "Share of compute"],
    kinds: { text: "text", images: "images", video: "video", audio: "audio", encoder: "encoder" },
    times: (times: string) => `In all ${times} times the compute of the text alone.`,
    published: "What published multimodal training took over text",
    publishedRow: (name: string, times: string, note: string) => `${name}: ${times} times, ${note}`,
    notes: {
      added: "vision added to a finished text model",
      native: "trained on both from the start",
      moreTokens: "because it saw more tokens, as many hours per token",
    },
  },
  substitute: {
    title: (have: string, want: string) => `${have} for ${want}`,
    columns: ["Side", "TFLOP/s per chip", "Delivered, 10^18 FLOP/s", "Useful time", "Rated MW", "Owned, USD an hour"],
    basis: {
      runs: (runs: number) => (runs === 1 ? "1 run" : `${runs} runs`),
      peak: () => "peak × usual use",
      prediction: () => "predicted",
      given: () => "as given",
    },
    unknown: "?",
    never: "no number",
    ratio: (have: string, ratio: string, want: string) => `${have} deliver ${ratio} times the work of ${want}.`,
    enough: (chance: string) => `Chance that they are enough: ${chance}.`,
    needed: (chip: string, count: string) => `${chip} needed for equal work in one synchronous job: ${count}.`,
    impossible: (chance: string) => `Chance that no number is enough, because failures eat what more chips add: ${chance}.`,
    alone: (have: string, want: string, ratio: string) =>
      `By the rates alone, without scale and failures: ${ratio} ${have} for one ${want}.`,
    together: (naive: string, batches: string, layers: string) =>
      `Both in one job, a step takes longer than the sum of speeds allows by ${naive} with equal shares, ${batches} with batches by speed, ${layers} with layers by speed.`,
  },
  cost: {
    title: (chip: string) => `Cost of a run on ${chip}`,
    rows: {
      chipHours: "Chip-hours",
      days: "Days",
      rental: "Rented",
      owned: "Owned",
      rentalPerChipHour: "Rental price",
      ownedPerChipHour: "Price of owning",
      rentalPerMillionTokens: "Rented, per million tokens trained",
      ownedPerMillionTokens: "Owned, per million tokens trained",
      rentalPerExaflop: "Rented, per 10^18 model FLOP",
      capital: "Capital, with servers, network, hall",
      energyMegawattHours: "Energy at the meter",
      powerMegawatts: "Rated power at the meter",
      carbonTonnes: "Carbon",
    },
    units: {} as Record<string, string>,
    never: "never",
    outlookTitle: (years: string, factor: string) => `How prices may move if trends hold: in ${years} years, and until 1/${factor} is left`,
    outlookColumns: (years: string, factor: string) => [
      "What is bought",
      "Cheaper in a year, times",
      `Left after ${years} years`,
      `Years to 1/${factor}`,
      "Chance by then",
    ],
    trends: {
      purchase: "a chip's 16-bit FLOP",
      energy: "energy for a FLOP",
      rental: "a rented H100-hour",
      levelTraining: "training to a fixed level (software alone)",
      levelServing: "serving a fixed level",
    },
    outlookNote:
      "Trends are carried on, which none has to be: prices of serving fell this fast for two years, not ten. The rental trend rests on five prices.",
  },
  failures: {
    title: "Failures of one synchronous job, by its size",
    columns: ["Chips", "Hours between interruptions", "Checkpoint every (minutes)", "Useful time", "Spare hosts", "Days", "Stops in all"],
    slow: (loss: string, chips: string) =>
      `Slow hosts, if nobody takes them out, cost every step ${loss} on ${chips} chips: a synchronous job runs at the pace of its slowest host.`,
    components: "What interrupts it",
    componentColumns: ["Cause", "Share", "Kind"],
    rest: (count: number) => `${count} smaller causes`,
    kinds: { hardware: "hardware", software: "software", host: "planned or host" },
    component: {
      faultyGpu: "faulty chip",
      gpuMemory: "chip memory (HBM)",
      softwareBug: "software bug",
      switchOrCable: "switch or cable",
      hostMaintenance: "host maintenance",
      gpuSram: "chip SRAM",
      gpuSystemProcessor: "chip's system processor",
      networkCard: "network card",
      collectiveTimeout: "collective timed out",
      silentCorruption: "silent data corruption",
      gpuThermal: "chip overheated",
      solidStateDisk: "disk",
      powerSupply: "power supply",
      serverChassis: "server chassis",
      ioBoard: "IO board",
      dependency: "outside dependency",
      processor: "processor",
      systemMemory: "host memory",
    } as Record<string, string>,
  },
};

export type LabRunWording = typeof labRunEn;
