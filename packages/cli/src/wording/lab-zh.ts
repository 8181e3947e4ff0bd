import type { LabProblem } from "@watershed/compute-lab";
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
  error: "错误",
  warning: "警告",
  note: "说明",
  cannotRead: (file, reason) => `读不了 ${file}：${reason}`,
  notJson: (file, reason) => `${file} 不是 JSON：${reason}`,
  noRows: (file) => `${file} 里没有行。一行有 model、chips、plan 和 software；一个文件可以是一行、一个列表，或 { "rows": [...] }。`,
  onlyWithoutFile: (flags, file) => `${flags}：只在不给文件时有效。请写进 ${file} 的行里，或者不给文件。`,
  nothingToPredict: "没有可预测的内容：请给出一个行文件，或用 --preset 指定一个 AI 模型（可加 --cluster）。",
  unknownAiModel: (name, nearest) => `没有已发表的 AI 模型“${name}”。最接近的是：${nearest}。`,
  unknownCluster: (name, known) => `“${name}”既不是“芯片x数量”（如 H100-80GBx1024），也不在以下集群之中：${known}`,
  badTokens: (text) => `--tokens ${text}：应为 token 数，例如 300B、14.8T 或 2e12。`,
  facts: {
    step: "单步用时",
    level: "水平校正",
    use: "算力利用率",
    rate: "每芯片模型算力",
    tokens: "吞吐",
    memory: "每芯片显存",
    training: "训练用时",
  },
  stepBand: (step, low, high) => `${step}，80% 区间 ${low} 至 ${high}`,
  within: (amount, low, high) => `${amount}（${low}–${high}）`,
  uncalibrated: "只依据已发表的运行；给出该团队一至三行实测数据（--calibrate）可收窄区间",
  calibrated: (rows) => `已用该团队 ${rows} 行实测数据校正`,
  use: (causal, full, hardware) => `MFU ${causal}（因果注意力计一半；全计为 ${full}），HFU ${hardware}；均相对稠密 BF16 峰值`,
  tokensPerSecond: (all, each) => `每秒 ${all} 个 token，每芯片 ${each} 个`,
  fits: (used, left) => `${used} GiB，放得下，还剩 ${left} GiB`,
  doesNotFit: (used, short) => `${used} GiB，放不下：还差 ${short} GiB`,
  training: (trillions, days, low, high, hours) =>
    `${Number(trillions.toPrecision(3))} 万亿 token 需 ${days.toPrecision(3)} 天（${low.toPrecision(3)} 至 ${high.toPrecision(3)}），不计中断，共 ${hours} 芯片小时`,
  plan: (degrees, zero, micro, batch, precision, recomputation, share) =>
    `并行方案：${degrees}，ZeRO 第 ${zero} 级，微批 ${micro}，全局批 ${batch}，${precision}，重计算：${recomputation}${share > 0 && share < 100 ? `，其中 ${share}% 的层完全重算` : ""}`,
  recomputations: { none: "无", selective: "选择性", full: "完全" },
  partsTitle: "一步的时间花在哪里",
  partColumns: ["部分", "用时", "80% 区间", "占比", ""],
  parts: {
    matrixSeconds: "矩阵乘法",
    attentionSeconds: "注意力",
    memoryBoundSeconds: "访存类算子",
    recomputationSeconds: "重计算",
    tensorCommunicationSeconds: "张量并行通信",
    contextCommunicationSeconds: "上下文并行通信",
    expertCommunicationSeconds: "专家间通信",
    pipelineBubbleSeconds: "流水线气泡",
    pipelineCommunicationSeconds: "流水线传输",
    dataCommunicationSeconds: "梯度与权重同步",
    optimizerSeconds: "优化器",
    encoderSeconds: "编码器",
    overheadSeconds: "主机与固定开销",
  },
  memoryTitle: "显存花在哪里（占用最多的一级）",
  memoryColumns: ["部分", "大小", "占比", ""],
  memoryParts: {
    weightBytes: "权重",
    gradientBytes: "梯度",
    optimizerBytes: "优化器状态",
    activationBytes: "激活值",
    logitBytes: "输出对数几率",
    reserveBytes: "预留（驱动、缓冲、碎片）",
  },
  yes: "是",
  no: "否",
  search: {
    title: (model, chip, chips, batch) =>
      `${model} 在 ${chips.toLocaleString("en-US")} 颗 ${chip} 上最快的并行方案，每步 ${batch.toLocaleString("en-US")} 条序列`,
    frontierTitle: (model, chip) => `${model} 在各种 ${chip} 数量下最快的并行方案`,
    columns: ["单步", "80% 区间", "并行方案", "微批、分片、重计算", "GiB", "MFU", "居首"],
    chance:
      "居首：计入预测误差以及相似方案共有的部分之后，在这些方案中最快的概率。概率相近的方案在这里分不出高下；在五张已发表的表里，实测前四个都能找到与最好方案相差 1% 以内的方案。",
    frontierColumns: ["芯片数", "单步", "80% 区间", "并行方案", "微批、分片、重计算", "GiB", "MFU", "千 token/s"],
    counts: (label, considered, timed, pruned, large) =>
      `${label}共考虑 ${considered} 个方案：计时 ${timed} 个，必定更慢而略过 ${pruned} 个，显存放不下 ${large} 个。`,
    nothingFits: (chips) => `${chips.toLocaleString("en-US")} 颗芯片上没有放得下的方案：增加芯片、换更大显存或减小批量会有帮助。`,
    searching: "正在搜索方案",
    badNumber: "--batch、--keep、--frontier 须为 1 以上的整数；--frontier 可用逗号给出多个。",
  },
  compareTitle: (trillions) => `并排比较：训练 ${Number(trillions.toPrecision(3))} 万亿 token，不计中断`,
  compareColumns: ["行", "芯片数", "单步", "天数（80% 区间）", "千芯片小时", "MFU", "放得下", "最大损耗"],
  validation: {
    title: "单步用时的预测在已发表论文上的表现",
    leftOut: "每篇论文都由未见过它的常数来预测，只用软件的名称与日期。",
    fitted: "这些常数见过这些论文：这里显示的是拟合，不算检验。",
    known: (rows, any, sameRelease) =>
      `已知同一论文与芯片${sameRelease ? "、同一版本" : ""}的另外 ${rows} 行实测，${any ? "任取五次" : "取与所问之行最相近的"}；不足此数的行不计。`,
    legend: "依次为绝对误差的均值与中位数、带符号的平均误差（+ 表示预测偏慢）、80% 区间覆盖的行所占比例、最差的一行。",
    columns: ["论文", "行数", "均值", "中位数", "偏差", "区间", "最差的行"],
    withExperts: "，专家",
    dense: "全部稠密",
    experts: "全部专家混合",
    all: "全部",
    memory: {
      title: "单卡显存的预测在已发表总量上的表现",
      note: "按各来源的量法预测：PyTorch 分配器保留的，或驱动显示的（含驱动与通信缓冲）。公式是对照这些来源修正的，所以误差只是拟合，不算检验。依次为绝对误差的均值、带符号的平均误差（− 表示预测偏少）、区间覆盖的行所占比例、最差的一行。",
      columns: ["来源", "行数", "量法", "均值", "偏差", "区间", "最差的行"],
      measures: { reserved: "保留", device: "驱动", mixed: "" },
      ran: (right, rows) => `这些训练中跑起来的有 ${rows} 次，判为放得下的有 ${right} 次。`,
      ranElsewhere: (right, rows) => `单步用时各表中的 ${rows} 次训练都跑起来了，判为放得下的有 ${right} 次。`,
      outOfMemory: (right, rows) => `显存不足的有 ${rows} 次，判为放不下的有 ${right} 次。`,
    },
    badKnown: (given) => `--known ${given}：只能取 0、1、2 或 3 行。`,
  },
  rules: {
    heads: "必须整除注意力头数",
    layers: "最好整除层数，否则各级不均匀",
    layersOfStage: "一级的分块数不能多于它的层数",
    experts: "必须整除专家数",
    batchInMicrobatches: "全局批应是每个数据并行组整数个微批",
    topkWithinExperts: "每个 token 访问的专家不能多于专家总数",
  },
  problem: ({ code, params }) => labProblemZh(code, params),
};

function labProblemZh(code: LabProblem["code"], p: LabProblem["params"]): string {
  switch (code) {
    case "missing":
      return "缺少这一项，也无从推知。";
    case "notPositive":
      return `“${p.given}”不是正数；请给出至少为 1 的数。`;
    case "notWhole":
      return `${p.given} 不是整数。最接近的是 ${p.nearest}。`;
    case "outOfRange":
      return `${p.given} 超出范围：应在 ${p.low} 至 ${p.high} 之间。`;
    case "unknownChip":
      return `芯片目录里没有“${p.given}”。最接近的是：${p.nearest}。\`watershed lab chips\` 列出全部芯片。`;
    case "unknownName":
      return `没有已发表的 AI 模型“${p.given}”，该行也没有给出自己的尺寸。最接近的是：${p.nearest}。`;
    case "unknownPrecision":
      return `“${p.given}”不是已知的数值格式。已知的有：${p.nearest}。`;
    case "unknownWord":
      return `“${p.given}”在这里没有意义，按没有写处理。可以写：${p.nearest}。`;
    case "unknownField":
      return `没有叫“${p.given}”的字段，所以没有读它。最接近的是：${p.nearest}。`;
    case "wrongShape":
      return `这里不能写“${p.given}”。可以写：${p.nearest}。`;
    case "precisionNotOnChip":
      return `${p.chip} 不支持 ${p.given}。它支持的最接近的格式是 ${p.nearest}。`;
    case "doesNotDivide":
      return `${p.given} 对 ${p.of}：${labZh.rules[p.rule]}。最接近的是 ${p.nearest}。`;
    case "productNotChips":
      return `各并行度相乘得 ${p.product}，必须恰好整除 ${p.chips} 颗芯片。最接近的是 ${p.nearest}。`;
    case "doesNotFit":
      return `比 ${p.chip} 的 ${(Number(p.capacityBytes) / 2 ** 30).toFixed(0)} GiB 显存多出 ${(Number(p.bytesShort) / 2 ** 30).toFixed(1)} GiB。加大张量或流水线并行、分片或重计算会有帮助。`;
    case "fitsWithinError":
      return `显存预测的误差约七分之一：${p.chip} 的 ${gibibytes(p.capacityBytes)} GiB 还剩 ${gibibytes(p.marginBytes)} GiB，放得下与否都有可能。`;
    case "chosen":
      return `原文未写明；取 ${p.taken}（放得下的方案中最快的，并按该软件栈的惯例）。`;
    case "assumed":
      return `未给出；取 ${p.taken}。`;
    case "noSoftware":
      return "没有写明软件：区间更宽。请给出软件栈的名称与日期，例如“NeMo 24.09”。";
    case "neverDone":
      return `${p.given} 颗芯片的作业还没有进展就又中断，算不出天数。`;
    case "unverifiedChip":
      return `${p.given} 的数字${p.confidence === "announced" ? "只是预告，尚无实测" : "未经核实"}：结果只能当作一种说法。`;
    case "sameName":
      return `已有一地叫“${p.given}”。可改为“${p.nearest}”。`;
    case "unknownSite":
      return `链路要写明两地的名称；没有“${p.given}”。可选：${p.nearest}。`;
    case "noLink":
      return `没有链路通到“${p.given}”。补上 ${p.nearest} 即可。`;
    case "noSiteFits":
      return `“${p.given}”单独一地放不下这个模型：可以参与跨地流水线，不能分担数据。`;
    case "planSearched":
      return `没有写明如何切分；取搜索整个空间找到的最快方案（${p.taken}）。没有功夫细调的团队会慢一些。`;
    case "batchCapped":
      return batchCapped(p);
    case "measuredFarOff":
      return `${p.given} 秒是预期 ${p.expected} 秒的 ${p.times} 倍，偏离超过区间半宽的两倍。请核对单位、批与切分；若都无误，说明这家与已发表的各家不同：以其实测为准，区间随之放宽。`;
  }
}

function batchCapped(p: LabProblem["params"]): string {
  return `没有给出全局批：取 ${p.taken} 条序列，即 ${wan(p.tokens)} 万词元。这是未指定时的上限，所以 ${p.chips} 颗芯片每步每颗只有 ${p.perChip} 词元，较小的集群为 8,192；加大批能更好地利用芯片，已发表的训练最大用到 ${wan(p.largest)} 万词元。`;
}

function wan(tokens: string | number): string {
  return String(Number((Number(tokens) / 1e4).toPrecision(3)));
}

function gibibytes(bytes: string | number): string {
  return (Number(bytes) / 2 ** 30).toFixed(1);
}
