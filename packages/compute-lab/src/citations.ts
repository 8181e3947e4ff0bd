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
  assumption: { what: "no published figure: a stated assumption, to be replaced by the team's own", where: "", checked: "assumed" },
  deepseekV3: { what: "DeepSeek-V3 report", where: "arXiv 2412.19437", checked: "read" },
} satisfies Record<string, Citation>;

export type CitationKey = keyof typeof citations;
