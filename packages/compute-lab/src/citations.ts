/** Where a published figure was printed, and how it came here. */
export interface Citation {
  what: string;
  where: string;
  /** read: the table or page itself; secondary: someone restates it; recalled: from general knowledge, not looked up again; assumed: nobody prints it. */
  checked: "read" | "secondary" | "recalled" | "assumed";
}

/** Every source that a figure outside the training runs names, by key; docs/references.md explains the most used. */
export const citations = {
  llama3: { what: "Llama 3 report, section 3.3: 419 unexpected interruptions in 54 days", where: "arXiv 2407.21783", checked: "secondary" },
  rsc: { what: "Kokolis 2024, failures on two research clusters", where: "arXiv 2410.21680", checked: "secondary" },
  bloom: { what: "BLOOM report, training chronicle", where: "arXiv 2211.05100", checked: "secondary" },
  opt: { what: "OPT-175B chronicles and logbook", where: "github.com/facebookresearch/metaseq", checked: "secondary" },
  megascale: { what: "MegaScale 2024", where: "arXiv 2402.15627", checked: "secondary" },
  byterobust: { what: "ByteRobust 2025", where: "arXiv 2509.16293", checked: "secondary" },
  gemini: { what: "Gemini report 2023", where: "arXiv 2312.11805", checked: "secondary" },
  daly: { what: "Daly 2006, FGCS 22(3)", where: "doi 10.1016/j.future.2004.11.016", checked: "recalled" },
  diloco: { what: "Charles 2025, scaling laws for DiLoCo, tables 4 and 5", where: "arXiv 2503.09799", checked: "read" },
  streamingDiloco: { what: "Douillard 2025, Streaming DiLoCo", where: "arXiv 2501.18512", checked: "secondary" },
  intellect1: {
    what: "INTELLECT-1 report: 10B parameters, 83 to 96 % compute utilisation",
    where: "arXiv 2412.01152",
    checked: "secondary",
  },
  nemoTwoSites: { what: "NeMo, 340B on two sites: 96 %", where: "NVIDIA developer blog 2025, read in a mirror", checked: "secondary" },
  palm: { what: "PaLM report: two pods at 97 % weak scaling", where: "arXiv 2204.02311", checked: "secondary" },
  unicom: {
    what: "China Unicom, Lingang to Jinan, over 95 %: an operator's claim",
    where: "c114.com.cn/news/119/a1293276.html",
    checked: "secondary",
  },
  chinchilla: { what: "Hoffmann 2022, Training compute-optimal large language models", where: "arXiv 2203.15556", checked: "secondary" },
  besiroglu: { what: "Besiroglu 2024, Chinchilla scaling: a replication attempt", where: "arXiv 2404.10102", checked: "secondary" },
  rental: {
    what: "H100 rental prices 2023 to 2026, quoting SemiAnalysis and others",
    where: "neighborhoodsf.com note",
    checked: "secondary",
  },
  rentalIndex: { what: "GPU price index over 37 providers, May 2026", where: "aimultiple.com", checked: "secondary" },
  epochChips: {
    what: "Epoch AI, AI chip counts: purchase prices per H100-equivalent",
    where: "github.com/epoch-research/ai-chip-counts",
    checked: "secondary",
  },
  epochPricePerformance: {
    what: "Hobbhahn & Besiroglu 2022, Trends in GPU price-performance: FP16 doubles in 2.32 years (95 %: 1.69 to 3.62)",
    where: "epochai.org/blog/trends-in-gpu-price-performance",
    checked: "read",
  },
  epochHardware: {
    what: "Epoch AI, Trends in machine learning hardware: about 40 % more FLOP per joule a year",
    where: "epoch.ai",
    checked: "secondary",
  },
  ho2024: {
    what: "Ho 2024, Algorithmic progress in language models: compute for a level halves in 8 months (95 %: 5 to 14)",
    where: "arXiv 2403.05812",
    checked: "recalled",
  },
  a16z: { what: "LLMflation: ten times cheaper a year at a fixed level", where: "a16z.com, November 2024", checked: "secondary" },
  epochInference: {
    what: "Epoch AI, price of a fixed level falls 9 to 900 times a year by task",
    where: "epoch.ai, March 2025",
    checked: "secondary",
  },
  llama2: { what: "Llama 2 model card: chip-hours, 400 W, tonnes of CO2", where: "github.com/facebookresearch/llama", checked: "read" },
  serverPower: {
    what: "rated power of whole servers per chip (812 W A100, 1,275 W H100, 1,788 W B200)",
    where: "data/accelerators.json",
    checked: "recalled",
  },
  measuredRuns: { what: "published training runs, one row each", where: "data/measured-rates.json", checked: "read" },
  gtc2024: {
    what: "NVIDIA at GTC 2024: 8,000 Hopper at 15 MW or 2,000 Blackwell at 4 MW for one 1.8T AI model",
    where: "keynote, restated in press",
    checked: "secondary",
  },
  glm130b: { what: "GLM-130B: 768 A100 for 60 days", where: "github.com/THUDM/GLM-130B", checked: "read" },
  wholeRuns: { what: "nine whole trainings and how long they took", where: "data/whole-runs.json", checked: "read" },
  pangu: {
    what: "Pangu Ultra report: 135B dense on 8,192 Ascend at 43 to 52 % utilisation, peak not printed",
    where: "github.com/pangu-tech/pangu-ultra",
    checked: "read",
  },
  observational: {
    what: "Ruan 2024, Observational scaling laws: MMLU of open base models by one pipeline, with their training compute",
    where: "github.com/ryoungj/ObsScaling, eval_results/base_llm_benchmark_eval.csv",
    checked: "read",
  },
  mmluReports: {
    what: "MMLU as the AI models' own reports print it; compute as Epoch AI estimates it",
    where: "technical reports; epoch.ai",
    checked: "recalled",
  },
  mmluErrors: {
    what: "Gema 2024, Are we done with MMLU?: 6.5 % of the questions are wrong",
    where: "arXiv 2406.04127",
    checked: "recalled",
  },
  owen2024: {
    what: "Owen 2024: benchmark averages extrapolate over ten times the compute with 6 points of error, single tasks with 18",
    where: "arXiv 2401.04757",
    checked: "read",
  },
  deepseekLlm: { what: "DeepSeek LLM 2024, scaling of size and data", where: "arXiv 2401.02954", checked: "recalled" },
  llama3Scaling: {
    what: "Llama 3 report, section 3.2.1: 402B parameters on 16.55T tokens at 3.8e25 FLOP",
    where: "arXiv 2407.21783",
    checked: "recalled",
  },
  kimi: { what: "Kimi K2.5 against K2, Epoch AI estimates: 5.8e24 and 2.98e24 FLOP", where: "epoch.ai", checked: "secondary" },
  llama32Vision: {
    what: "Llama 3.2-Vision model cards: hours added to the text model's",
    where: "github.com/meta-llama/llama-models",
    checked: "read",
  },
  chameleon: {
    what: "Chameleon-34B: 4,282,407 A100-hours on 9.2T tokens, against Llama-2-34B's 1,038,336 on 2T",
    where: "arXiv 2405.09818; Llama 2 model card",
    checked: "secondary",
  },
  assumption: { what: "no published figure: a stated assumption, to be replaced by the team's own", where: "", checked: "assumed" },
  deepseekV3: { what: "DeepSeek-V3 report", where: "arXiv 2412.19437", checked: "read" },
} satisfies Record<string, Citation>;

export type CitationKey = keyof typeof citations;
