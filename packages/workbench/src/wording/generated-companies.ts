import type { QuestionTemplate } from "./generated-questions.ts";

type Words = { en: string; zh: string };

/** A field in which generated companies work, with the dimension its questions come from. */
export interface TrackTemplate {
  id: string;
  name: Words;
  dimension: string;
  suffixes: Words[]; // of company names
  product: Words;
  market: number; // middle of the yearly market in a decade, in millions of USD
  criteria: { id: string; text: Words }[];
}

export const trackTemplates: TrackTemplate[] = [
  {
    id: "foundation_models",
    name: { en: "Foundation models", zh: "基础模型" },
    dimension: "ai_model",
    suffixes: [
      { en: "AI", zh: "智能" },
      { en: "Labs", zh: "实验室" },
    ],
    product: { en: "own flagship model", zh: "自研旗舰模型" },
    market: 60_000,
    criteria: [
      { id: "talent", text: { en: "Density of talent in training.", zh: "训练团队的人才密度。" } },
      { id: "reserves", text: { en: "Compute in hand for two years.", zh: "手里的算力够用两年。" } },
      { id: "direction", text: { en: "Saw a turn before others did.", zh: "看对过一次别人没看到的转折。" } },
    ],
  },
  {
    id: "robots",
    name: { en: "Embodied intelligence", zh: "具身智能" },
    dimension: "robotics",
    suffixes: [
      { en: "Robotics", zh: "机器人" },
      { en: "Motion", zh: "动力" },
    ],
    product: { en: "humanoid", zh: "人形机器人" },
    market: 40_000,
    criteria: [
      { id: "hands", text: { en: "Hands that do useful work.", zh: "手能干有用的活。" } },
      { id: "robot_data", text: { en: "A source of data that others lack.", zh: "有别人没有的数据来源。" } },
      { id: "bill_of_materials", text: { en: "Cost per robot on a falling path.", zh: "单台成本持续下降。" } },
    ],
  },
  {
    id: "ai_chips",
    name: { en: "AI chips", zh: "AI芯片" },
    dimension: "chips",
    suffixes: [
      { en: "Semiconductor", zh: "半导体" },
      { en: "Silicon", zh: "芯" },
    ],
    product: { en: "second-generation accelerator", zh: "第二代加速卡" },
    market: 80_000,
    criteria: [
      { id: "architecture", text: { en: "Something of its own in the architecture.", zh: "架构上有自己的东西。" } },
      { id: "software", text: { en: "Software that a customer can use unaided.", zh: "软件栈客户能自己用起来。" } },
      { id: "wafers", text: { en: "Secured wafers and packaging.", zh: "产能和封装有着落。" } },
    ],
  },
  {
    id: "ai_cloud",
    name: { en: "Compute and clouds", zh: "算力与云" },
    dimension: "compute",
    suffixes: [
      { en: "Cloud", zh: "云" },
      { en: "Compute", zh: "算力" },
    ],
    product: { en: "inference service", zh: "推理服务" },
    market: 50_000,
    criteria: [
      { id: "utilisation", text: { en: "Cards that are rented most of the day.", zh: "卡大部分时间租得出去。" } },
      { id: "financing", text: { en: "Cards paid with somebody else's money.", zh: "用别人的钱买卡。" } },
      { id: "contracts", text: { en: "Contracts longer than the life of the cards.", zh: "合同期长过卡的寿命。" } },
    ],
  },
  {
    id: "ai_applications",
    name: { en: "AI applications", zh: "AI应用" },
    dimension: "application",
    suffixes: [
      { en: "Works", zh: "工场" },
      { en: "Software", zh: "软件" },
    ],
    product: { en: "agent", zh: "智能体产品" },
    market: 70_000,
    criteria: [
      { id: "retention_of_users", text: { en: "Users who are still there after a quarter.", zh: "一个季度后用户还在。" } },
      { id: "margin", text: { en: "Gross margin after the bill for tokens.", zh: "扣掉词元账单后的毛利。" } },
      { id: "not_swallowed", text: { en: "Not swallowed by the next model.", zh: "不会被下一代模型吃掉。" } },
    ],
  },
  {
    id: "ai_energy",
    name: { en: "Energy for AI", zh: "AI能源" },
    dimension: "energy",
    suffixes: [
      { en: "Energy", zh: "能源" },
      { en: "Power", zh: "电力" },
    ],
    product: { en: "storage system for data centres", zh: "数据中心储能系统" },
    market: 30_000,
    criteria: [
      { id: "permits", text: { en: "Permits in hand.", zh: "手里有批文。" } },
      { id: "cost_per_kwh", text: { en: "Cost below the grid's.", zh: "成本低于电网。" } },
      { id: "first_customer", text: { en: "A customer who pays in advance.", zh: "有客户愿意预付。" } },
    ],
  },
  {
    id: "ai_finance",
    name: { en: "AI in finance and industry", zh: "产业与金融AI" },
    dimension: "capital",
    suffixes: [
      { en: "Systems", zh: "科技" },
      { en: "Data", zh: "数据" },
    ],
    product: { en: "platform for industry", zh: "行业平台" },
    market: 25_000,
    criteria: [
      { id: "depth", text: { en: "Knows one trade to the bottom.", zh: "把一个行业做透。" } },
      { id: "own_data", text: { en: "Data that grows with use.", zh: "数据越用越多。" } },
      { id: "payback", text: { en: "Pays back within a year for the customer.", zh: "客户一年内回本。" } },
    ],
  },
  {
    id: "ai_safety",
    name: { en: "Trust and security", zh: "可信与安全" },
    dimension: "policy",
    suffixes: [
      { en: "Security", zh: "安全" },
      { en: "Trust", zh: "信安" },
    ],
    product: { en: "test suite for agents", zh: "智能体测评平台" },
    market: 12_000,
    criteria: [
      { id: "standing", text: { en: "Standing with the regulator.", zh: "在主管部门有公信力。" } },
      { id: "red_team", text: { en: "Finds what others miss.", zh: "能找到别人找不到的漏洞。" } },
      { id: "recurring", text: { en: "Revenue that recurs.", zh: "收入可持续。" } },
    ],
  },
];

/** Stems of company names; with a suffix of the track they make a name. */
export const nameStems: [id: string, en: string, zh: string][] = [
  ["lingyue", "Lingyue", "凌岳"],
  ["xuanhe", "Xuanhe", "玄禾"],
  ["mingche", "Mingche", "明澈"],
  ["yunting", "Yunting", "云汀"],
  ["qingshu", "Qingshu", "青枢"],
  ["zhaoye", "Zhaoye", "昭野"],
  ["hengzhou", "Hengzhou", "衡舟"],
  ["wangjing", "Wangjing", "望京"],
  ["tianluo", "Tianluo", "天络"],
  ["beiling", "Beiling", "北翎"],
  ["lanting", "Lanting", "岚汀"],
  ["moxing", "Moxing", "默行"],
  ["suiyuan", "Suiyuan", "穗原"],
  ["jingwei", "Jingwei", "泾渭"],
  ["changfeng", "Changfeng", "长枫"],
  ["yuhe", "Yuhe", "予禾"],
  ["qiming", "Qiming", "启茗"],
  ["shanhai", "Shanhai", "山海"],
  ["fuxiao", "Fuxiao", "拂晓"],
  ["chengguang", "Chengguang", "澄光"],
  ["ruoshui", "Ruoshui", "若水"],
  ["danqing", "Danqing", "丹青"],
  ["guanlan", "Guanlan", "观澜"],
  ["hexu", "Hexu", "和煦"],
  ["jiusui", "Jiusui", "九穗"],
  ["kunyu", "Kunyu", "坤宇"],
  ["liuguang", "Liuguang", "流光"],
  ["muyuan", "Muyuan", "木远"],
  ["nanshan", "Nanshan", "南山"],
  ["pingchuan", "Pingchuan", "平川"],
  ["quanji", "Quanji", "权极"],
  ["ruichen", "Ruichen", "睿辰"],
  ["songyan", "Songyan", "松烟"],
  ["tongxin", "Tongxin", "桐欣"],
  ["wenqu", "Wenqu", "文渠"],
  ["xihe", "Xihe", "羲禾"],
  ["yanhui", "Yanhui", "雁回"],
  ["zhiyin", "Zhiyin", "知音"],
  ["anlan", "Anlan", "安澜"],
  ["boyuan", "Boyuan", "博原"],
  ["cangjie", "Cangjie", "沧界"],
  ["dongli", "Dongli", "东篱"],
  ["feihong", "Feihong", "飞鸿"],
  ["gezhi", "Gezhi", "格知"],
  ["huaqiao", "Huaqiao", "华樵"],
  ["jianming", "Jianming", "鉴明"],
  ["keli", "Keli", "可砺"],
  ["luoshu", "Luoshu", "洛枢"],
  ["northgate", "Northgate", "北门"],
  ["halden", "Halden", "哈尔登"],
  ["meridian", "Meridian Nine", "子午九"],
  ["ashgrove", "Ashgrove", "白蜡林"],
  ["corvid", "Corvid", "鸦科"],
  ["tessera", "Tessera Bay", "泰塞拉"],
  ["lumenfold", "Lumenfold", "流明叠"],
  ["oakhaven", "Oakhaven", "橡港"],
  ["penrow", "Penrow", "彭罗"],
  ["quillon", "Quillon", "奎隆"],
  ["redfield", "Redfield", "红田"],
  ["sablepoint", "Sablepoint", "黑貂角"],
  ["tideway", "Tideway", "潮路"],
  ["umbral", "Umbral", "暗影"],
  ["vantor", "Vantor", "万拓"],
  ["westmark", "Westmark", "西标"],
];

/** What is asked of a single company; `{a}` is its name, `{b}` its product. */
export const companyTemplates: (Omit<QuestionTemplate, "a" | "b"> & { signal: Words })[] = [
  {
    id: "reaches_revenue",
    signal: { en: "{a} reaches USD 100M of yearly revenue", zh: "{a}年收入到1亿美元" },
    kind: "yesNo",
    text: { en: "Does {a} reach USD 100M of yearly revenue by {by}?", zh: "到{by}，{a}的年收入能到1亿美元吗？" },
    criterion: {
      en: "Audited or stated revenue of twelve months at or above USD 100M by {by}.",
      zh: "{by}前，经审计或公司说明的十二个月收入不低于1亿美元。",
    },
  },
  {
    id: "ships",
    signal: { en: "{a} delivers its {b}", zh: "{a}交付{b}" },
    kind: "date",
    text: { en: "When does {a} deliver its {b} to paying customers?", zh: "{a}的{b}何时交付给付费客户？" },
    criterion: { en: "First delivery that a customer confirms.", zh: "以客户确认的首次交付为准。" },
  },
  {
    id: "wins_anchor",
    signal: { en: "{a} wins a leading customer", zh: "{a}拿下头部客户" },
    kind: "yesNo",
    text: { en: "Does {a} win one of the ten largest customers of its field by {by}?", zh: "到{by}，{a}能拿下行业前十大客户之一吗？" },
    criterion: {
      en: "A contract of at least USD 10M that both sides confirm by {by}.",
      zh: "{by}前，双方确认金额不低于1000万美元的合同。",
    },
  },
  {
    id: "revenue",
    signal: { en: "{a} earns more than expected", zh: "{a}收入超过预期" },
    kind: "number",
    text: { en: "What is the annualised revenue of {a} at {by}?", zh: "{by}时，{a}的年化收入是多少？" },
    criterion: { en: "Revenue of the last quarter before {by} times four.", zh: "以{by}前最后一个季度收入乘四为准。" },
    unit: "USD",
    middle: 6e7,
    sigma: 0.8,
  },
  {
    id: "keeps_team",
    signal: { en: "the founders of {a} stay", zh: "{a}创始团队都留下" },
    kind: "yesNo",
    text: { en: "Do the founders of {a} all still work there at {by}?", zh: "{by}时，{a}的创始团队都还在吗？" },
    criterion: { en: "Each founder is employed there on {by}.", zh: "以{by}时每位创始人是否在职为准。" },
  },
  {
    id: "margin",
    signal: { en: "the margin of {a} holds", zh: "{a}毛利率站得住" },
    kind: "number",
    text: { en: "What gross margin does {a} report for the year to {by}?", zh: "截至{by}的一年，{a}的毛利率是多少？" },
    criterion: { en: "Gross profit over revenue in the accounts shown to investors.", zh: "以给投资人的账目中毛利占收入之比为准。" },
    unit: "probability",
    middle: 0.45,
  },
];

/** The partners of a generated fund; the larger the fund, the more of them. */
export const partners: { id: string; name: Words; role: "partner" | "expert"; description: Words; optimism: number }[] = [
  {
    id: "lin",
    name: { en: "Lin Yue", zh: "林越" },
    role: "partner",
    description: { en: "Believes that scale decides.", zh: "相信规模决定一切。" },
    optimism: 0.45,
  },
  {
    id: "zhou",
    name: { en: "Zhou Jing", zh: "周静" },
    role: "partner",
    description: { en: "Has seen three cycles end.", zh: "见过三轮周期落幕。" },
    optimism: -0.4,
  },
  {
    id: "okafor",
    name: { en: "Ada Okafor", zh: "艾达·奥卡福" },
    role: "partner",
    description: { en: "Asks what the customer pays for.", zh: "只问客户为什么付钱。" },
    optimism: 0,
  },
  {
    id: "weiss",
    name: { en: "Marta Weiss", zh: "玛尔塔·魏斯" },
    role: "partner",
    description: { en: "Counts chips and megawatts.", zh: "数卡、数兆瓦。" },
    optimism: -0.15,
  },
  {
    id: "tan",
    name: { en: "Tan Wei", zh: "谭唯" },
    role: "expert",
    description: { en: "Trains models for a living.", zh: "靠训练模型吃饭。" },
    optimism: 0.25,
  },
];
