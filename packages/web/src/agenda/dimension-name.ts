import type { Language } from "@watershed/domain";

const names: Record<string, string> = {
  agi: "通用人工智能",
  ai_model: "大模型",
  application: "应用",
  capital: "资本",
  chips: "芯片",
  compute: "算力",
  edge: "端侧",
  energy: "能源",
  industry: "产业",
  safety: "安全",
  market: "市场",
  open_source: "开源",
  policy: "政策",
  product: "产品",
  robotics: "机器人",
  team: "团队",
  technology: "技术",
};

/** What a dimension is called: those that examples use in the reader's language, a team's own as it is written. */
export function dimensionName(dimension: string, language: Language): string {
  if (language === "zh" && names[dimension]) return names[dimension];
  if (dimension === "agi") return "AGI";
  if (dimension === "ai_model") return "AI model";
  return dimension.replaceAll("_", " ");
}
