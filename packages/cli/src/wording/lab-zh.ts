import type { LabWording } from "./lab-en.ts";

/** 算力实验室的中文用语。 */
export const labZh: LabWording = {
  separator: "、",
  notPublished: "未公布",
  unknownChip: (name, nearest) => `芯片目录里没有“${name}”。最接近的是：${nearest}。\`watershed lab chips\` 列出全部芯片。`,
  chipsTitle: "加速芯片",
  chipsNote:
    "稠密峰值单位 TFLOP/s；显存单位 GB 与 GB/s；高速互联域的芯片数与域内每芯片单向带宽 GB/s；芯片功耗单位 W。凡有查不实的数字，该行的可信度就降一等；`lab chips 名称` 说明是哪些数字、出自哪里。",
  chipColumns: ["芯片", "年份", "BF16", "FP8", "FP4", "GB", "GB/s", "互联域", "GB/s", "W", "依据"],
  confidences: { table: "原表", mixed: "部分", secondary: "媒体", unverified: "存疑", announced: "预告" },
  chip: {
    peak: "稠密峰值",
    measured: "实测最快",
    memory: "显存",
    scaleUp: "高速互联域",
    scaleOut: "每芯片网络",
    power: "功耗",
    confidence: "依据",
    unverified: "未能核实",
    notes: "备注",
    source: "出处",
  },
  scaleUp: (chips, rate) => `${chips} 颗芯片，每芯片单向 ${rate} GB/s`,
  power: (chip, server) => `单芯片 ${chip} W，连服务器折合每芯片 ${server} W`,
};
