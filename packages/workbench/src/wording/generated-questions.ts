/** A word that a question may be about, in both languages; `times` scales the amounts of questions on it. */
export interface Subject {
  id: string;
  en: string;
  zh: string;
  times?: number;
}

/** What a generated question can ask: `{a}` and `{b}` stand for the subjects, `{by}` for the day until which it asks. */
export interface QuestionTemplate {
  id: string;
  kind: "yesNo" | "number" | "date" | "oneOf";
  a: Subject[];
  b?: Subject[];
  text: { en: string; zh: string };
  criterion: { en: string; zh: string };
  unit?: string;
  /** Middle and spread (sigma of the logarithm) of a number; for unit `probability` the middle share. */
  middle?: number;
  sigma?: number;
  options?: Subject[];
}

const labs: Subject[] = [
  { id: "us_lab", en: "a lab of the United States", zh: "美国实验室" },
  { id: "china_lab", en: "a Chinese lab", zh: "中国公司" },
  { id: "europe_lab", en: "a European lab", zh: "欧洲公司" },
  { id: "open_lab", en: "a lab that publishes its weights", zh: "开源权重的公司" },
  { id: "gulf_lab", en: "a lab of the Gulf states", zh: "海湾国家机构" },
];

const regions: Subject[] = [
  { id: "china", en: "China", zh: "中国" },
  { id: "us", en: "the United States", zh: "美国", times: 1.8 },
  { id: "eu", en: "the European Union", zh: "欧盟", times: 0.5 },
  { id: "gulf", en: "the Gulf states", zh: "海湾国家", times: 0.3 },
  { id: "southeast_asia", en: "South-East Asia", zh: "东南亚", times: 0.25 },
  { id: "japan", en: "Japan", zh: "日本", times: 0.3 },
];

const winners: Subject[] = [
  { id: "incumbent", en: "today's leader", zh: "现在的领先者" },
  { id: "challenger", en: "the present runner-up", zh: "现在的第二名" },
  { id: "newcomer", en: "a company founded after 2023", zh: "2023年以后成立的公司" },
  { id: "nobody", en: "nobody with a clear lead", zh: "没有明显赢家" },
];

/** The questions of the world by dimension; every dimension asks all four kinds. */
export const questionTemplates: Record<string, QuestionTemplate[]> = {
  compute: [
    {
      id: "cluster",
      kind: "yesNo",
      a: labs,
      b: [
        { id: "100k", en: "100,000", zh: "10万" },
        { id: "300k", en: "300,000", zh: "30万" },
        { id: "500k", en: "500,000", zh: "50万" },
        { id: "1m", en: "a million", zh: "100万" },
      ],
      text: {
        en: "Does {a} train one model on {b} accelerators at one site by {by}?",
        zh: "到{by}，会有{a}在单一园区用{b}张加速卡训练一个模型吗？",
      },
      criterion: {
        en: "By {by} the lab or the operator of the campus states one training run on at least {b} accelerators.",
        zh: "{by}前，公司或园区运营方公开说明有一次训练使用不少于{b}张加速卡。",
      },
    },
    {
      id: "spot",
      kind: "yesNo",
      a: regions,
      b: [
        { id: "halves", en: "half of today's", zh: "现价的一半" },
        { id: "third", en: "a third of today's", zh: "现价的三分之一" },
        { id: "quarter", en: "a quarter of today's", zh: "现价的四分之一" },
      ],
      text: { en: "Does renting an accelerator in {a} fall below {b} price by {by}?", zh: "到{by}，{a}的加速卡租金会跌破{b}吗？" },
      criterion: {
        en: "The median list price of the three largest renters in {a} is below {b} for a full month by {by}.",
        zh: "{by}前，{a}前三大算力租赁商的报价中位数连续一个月低于{b}。",
      },
    },
    {
      id: "rent_hour",
      kind: "number",
      a: regions,
      b: [
        { id: "this_gen", en: "of the present generation", zh: "本代", times: 1 },
        { id: "next_gen", en: "of the next generation", zh: "下一代", times: 2.2 },
      ],
      text: { en: "What does an hour of an accelerator {b} cost in {a} at {by}?", zh: "{by}时，{a}租一小时{b}加速卡要多少钱？" },
      criterion: { en: "Median list price for a year's contract in {a} on {by}.", zh: "以{by}当天{a}一年期合约报价的中位数为准。" },
      unit: "USD",
      middle: 1.9,
      sigma: 0.35,
    },
    {
      id: "idle_share",
      kind: "number",
      a: regions,
      text: { en: "What share of AI capacity in {a} stands idle at {by}?", zh: "{by}时，{a}智算中心的空置率是多少？" },
      criterion: {
        en: "Estimate of the regulator or of the largest industry body for {by}.",
        zh: "以主管部门或最大行业协会对{by}的估计为准。",
      },
      unit: "probability",
      middle: 0.24,
    },
    {
      id: "campus",
      kind: "date",
      a: regions,
      b: [
        { id: "half_gw", en: "half a gigawatt", zh: "0.5吉瓦" },
        { id: "gw", en: "one gigawatt", zh: "1吉瓦" },
        { id: "two_gw", en: "two gigawatts", zh: "2吉瓦" },
        { id: "three_gw", en: "three gigawatts", zh: "3吉瓦" },
        { id: "five_gw", en: "five gigawatts", zh: "5吉瓦" },
      ],
      text: { en: "When does an AI campus of {b} go into service in {a}?", zh: "{a}首个{b}的AI园区何时投入使用？" },
      criterion: { en: "First day on which the operator states {b} of load in service.", zh: "运营方首次宣布{b}负载投入运行之日。" },
    },
    {
      id: "cloud_leader",
      kind: "oneOf",
      a: regions,
      options: winners,
      text: { en: "Who rents out the most AI capacity in {a} at {by}?", zh: "{by}时，{a}谁的AI算力租赁规模最大？" },
      criterion: {
        en: "Largest by accelerators rented out, by the last industry count before {by}.",
        zh: "以{by}前最近一次行业统计的出租卡数为准。",
      },
    },
  ],
  ai_model: [
    {
      id: "agent_day",
      kind: "yesNo",
      a: labs,
      b: [
        { id: "day", en: "a working day", zh: "一个工作日" },
        { id: "week", en: "a working week", zh: "一周" },
        { id: "month", en: "a month", zh: "一个月" },
      ],
      text: {
        en: "Does a model of {a} finish software tasks of {b} half of the time by {by}?",
        zh: "到{by}，{a}的模型能以五成成功率独立完成人类需{b}的软件任务吗？",
      },
      criterion: {
        en: "A public measurement of time horizons puts its 50% horizon at {b} or more by {by}.",
        zh: "{by}前，公开的任务时长测评显示其50%成功率时长不低于{b}。",
      },
    },
    {
      id: "leads_board",
      kind: "yesNo",
      a: labs,
      b: [
        { id: "text", en: "text", zh: "文本" },
        { id: "coding", en: "coding", zh: "编程" },
        { id: "video", en: "video", zh: "视频" },
        { id: "vision", en: "vision", zh: "视觉" },
      ],
      text: { en: "Is {a} first on the public {b} board at {by}?", zh: "{by}时，公开{b}榜单的第一名会是{a}吗？" },
      criterion: { en: "First by rating in the last snapshot before {by}.", zh: "以{by}前最后一次快照的评分为准。" },
    },
    {
      id: "token_price",
      kind: "number",
      a: labs,
      b: [
        { id: "flagship", en: "its flagship", zh: "旗舰模型", times: 1 },
        { id: "small", en: "its smallest model", zh: "最小的模型", times: 0.06 },
      ],
      text: { en: "What does {a} charge for a million output tokens of {b} at {by}?", zh: "{by}时，{a}的{b}每百万输出词元收多少钱？" },
      criterion: { en: "List price on {by}, the cheapest such lab counts.", zh: "以{by}的官网报价为准，取同类中最低者。" },
      unit: "USD",
      middle: 6,
      sigma: 0.6,
    },
    {
      id: "own_parameters",
      kind: "number",
      a: labs,
      text: { en: "How many trillion parameters has the largest model of {a} at {by}?", zh: "{by}时，{a}最大的模型有多少万亿参数？" },
      criterion: { en: "As stated by the lab, sparse parameters counted.", zh: "以公司说明为准，含稀疏参数。" },
      unit: "trillion parameters",
      middle: 3,
      sigma: 0.7,
    },
    {
      id: "first_to",
      kind: "date",
      a: labs,
      b: [
        { id: "research_paper", en: "write a paper that a leading conference accepts", zh: "独立写出被顶会接收的论文" },
        { id: "theorem", en: "prove an open theorem unaided", zh: "独立证明一个公开难题" },
        { id: "game", en: "build a game that sells a million copies", zh: "做出销量百万的游戏" },
        { id: "memory", en: "learn from its users from week to week", zh: "在使用中逐周持续学习" },
        { id: "million_context", en: "read ten million words at once without loss", zh: "一次读完一千万字而不丢信息" },
        { id: "chip_design", en: "design a chip that is taped out", zh: "设计出成功流片的芯片" },
      ],
      text: { en: "When does an AI model of {a} first {b}?", zh: "{a}的模型何时首次{b}？" },
      criterion: { en: "First public confirmation by somebody who does not work there.", zh: "以非本公司人士的首次公开确认为准。" },
    },
    {
      id: "standard_architecture",
      kind: "oneOf",
      a: labs,
      options: [
        { id: "dense", en: "dense transformers", zh: "稠密Transformer" },
        { id: "sparse", en: "sparse experts", zh: "稀疏专家" },
        { id: "state_space", en: "state-space layers", zh: "状态空间层" },
        { id: "diffusion", en: "text by diffusion", zh: "扩散式文本" },
      ],
      text: { en: "On what does the flagship of {a} rest at {by}?", zh: "{by}时，{a}的旗舰模型主要用什么结构？" },
      criterion: { en: "As the technical report says that is newest on {by}.", zh: "以{by}时最新的技术报告为准。" },
    },
  ],
  application: [
    {
      id: "daily_users",
      kind: "yesNo",
      a: [
        { id: "assistant", en: "assistant", zh: "助手类应用" },
        { id: "coding_tool", en: "programming tool", zh: "编程工具" },
        { id: "video_maker", en: "video maker", zh: "视频生成应用" },
        { id: "companion", en: "companion", zh: "陪伴应用" },
        { id: "tutor", en: "tutor", zh: "学习应用" },
      ],
      b: [
        { id: "20m", en: "20 million", zh: "2000万" },
        { id: "50m", en: "50 million", zh: "5000万" },
        { id: "100m", en: "100 million", zh: "1亿" },
        { id: "300m", en: "300 million", zh: "3亿" },
      ],
      text: { en: "Does an AI {a} of a start-up reach {b} daily users by {by}?", zh: "到{by}，会有创业公司的AI{a}日活达到{b}吗？" },
      criterion: {
        en: "A count of an independent measurer shows {b} or more on the average of a month by {by}.",
        zh: "{by}前，独立第三方统计的月均日活不低于{b}。",
      },
    },
    {
      id: "budget_moves",
      kind: "yesNo",
      a: [
        { id: "banks", en: "banks", zh: "银行" },
        { id: "law_firms", en: "law firms", zh: "律所" },
        { id: "hospitals", en: "hospitals", zh: "医院" },
        { id: "factories", en: "factories", zh: "制造企业" },
        { id: "retailers", en: "retailers", zh: "零售商" },
      ],
      b: [
        { id: "agents", en: "agents that work unattended", zh: "无人值守的智能体" },
        { id: "seats", en: "copilots by the seat", zh: "按坐席收费的副驾" },
        { id: "results", en: "work paid by result", zh: "按结果付费的服务" },
      ],
      text: { en: "Do most large {a} pay for {b} by {by}?", zh: "到{by}，多数大型{a}会为{b}付费吗？" },
      criterion: {
        en: "A survey of at least 100 of them finds more than half paying by {by}.",
        zh: "{by}前，至少一百家样本的调查显示过半已付费。",
      },
    },
    {
      id: "market_size",
      kind: "number",
      a: [
        { id: "assistants", en: "assistants", zh: "AI助手", times: 6 },
        { id: "coding", en: "programming tools", zh: "AI编程", times: 4 },
        { id: "video", en: "video making", zh: "AI视频", times: 1 },
        { id: "healthcare", en: "clinical paperwork", zh: "临床文书", times: 1.2 },
        { id: "support", en: "customer support", zh: "智能客服", times: 2 },
      ],
      b: regions,
      text: { en: "What is spent on AI {a} in {b} in the year to {by}?", zh: "截至{by}的一年里，{b}在{a}上花多少钱？" },
      criterion: { en: "Middle of the estimates of the two largest market researchers.", zh: "取两家最大市场研究机构估计的中间值。" },
      unit: "USD",
      middle: 1.5e9,
      sigma: 0.7,
    },
    {
      id: "paying_share",
      kind: "number",
      a: regions,
      text: { en: "What share of AI users in {a} pays for it at {by}?", zh: "{by}时，{a}的AI用户里有多大比例在付费？" },
      criterion: { en: "A representative survey of the quarter before {by}.", zh: "以{by}前一季度的代表性调查为准。" },
      unit: "probability",
      middle: 0.11,
    },
    {
      id: "first_to_bill",
      kind: "date",
      a: [
        { id: "drug", en: "a medicine that an AI designed", zh: "AI设计的药物" },
        { id: "film", en: "a feature film made by AI", zh: "AI制作的长片" },
        { id: "doctor", en: "an AI that may prescribe", zh: "可独立开处方的AI" },
        { id: "accountant", en: "an audit signed off by AI", zh: "由AI完成的审计" },
        { id: "teacher", en: "an AI course that counts as a school year", zh: "获学分认可的AI课程" },
      ],
      b: regions,
      text: { en: "When is {a} first on sale in {b}?", zh: "{a}何时在{b}正式上市？" },
      criterion: { en: "First day on which anybody there can buy it.", zh: "当地任何人首次可以购买之日。" },
    },
    {
      id: "entry_point",
      kind: "oneOf",
      a: regions,
      options: [
        { id: "phone", en: "the maker of the phone", zh: "手机厂商" },
        { id: "super_app", en: "an app that everybody has", zh: "超级应用" },
        { id: "startup", en: "a start-up's assistant", zh: "创业公司的助手" },
        { id: "glasses", en: "glasses or earphones", zh: "眼镜或耳机" },
      ],
      text: { en: "Through whom do most people in {a} reach AI at {by}?", zh: "{by}时，{a}大多数人从哪里进入AI？" },
      criterion: { en: "Most minutes of use in the month before {by}.", zh: "以{by}前一个月的使用时长为准。" },
    },
  ],
  chips: [
    {
      id: "matches_leader",
      kind: "yesNo",
      a: [
        { id: "chinese_chip", en: "a Chinese chip", zh: "国产芯片" },
        { id: "cloud_chip", en: "a chip of a cloud company", zh: "云厂商自研芯片" },
        { id: "startup_chip", en: "a chip of a start-up", zh: "创业公司的芯片" },
        { id: "wafer_chip", en: "a wafer-sized chip", zh: "晶圆级芯片" },
      ],
      b: [
        { id: "training", en: "training", zh: "训练" },
        { id: "inference", en: "inference", zh: "推理" },
        { id: "memory", en: "memory bandwidth", zh: "显存带宽" },
        { id: "efficiency", en: "work per watt", zh: "能效" },
      ],
      text: { en: "Does {a} match the market leader in {b} by {by}?", zh: "到{by}，{a}在{b}上能追平行业第一吗？" },
      criterion: {
        en: "A public benchmark by an outsider shows at least 95% of the leader's newest chip by {by}.",
        zh: "{by}前，第三方公开测评达到领先者最新芯片的95%以上。",
      },
    },
    {
      id: "yield",
      kind: "yesNo",
      a: [
        { id: "n5", en: "5 nm", zh: "5纳米" },
        { id: "n3", en: "3 nm", zh: "3纳米" },
        { id: "hbm3e", en: "HBM3E", zh: "HBM3E" },
        { id: "hbm4", en: "HBM4", zh: "HBM4" },
      ],
      b: [
        { id: "sample", en: "samples", zh: "送样" },
        { id: "volume", en: "volume", zh: "量产" },
        { id: "export", en: "exports", zh: "出口" },
      ],
      text: { en: "Does {a} made in China reach {b} by {by}?", zh: "到{by}，国产{a}能走到{b}这一步吗？" },
      criterion: { en: "A customer or a teardown confirms it by {by}.", zh: "{by}前，有客户或拆解报告证实。" },
    },
    {
      id: "card_shipments",
      kind: "number",
      a: [
        { id: "leader", en: "the market leader", zh: "行业第一", times: 9 },
        { id: "second", en: "the second in the market", zh: "行业第二", times: 1.2 },
        { id: "chinese", en: "all Chinese makers", zh: "国产厂商合计", times: 2 },
        { id: "clouds", en: "all cloud companies for themselves", zh: "云厂商自用合计", times: 4 },
      ],
      text: { en: "How many million accelerators do {a} deliver in the year to {by}?", zh: "截至{by}的一年里，{a}交付多少百万张加速卡？" },
      criterion: {
        en: "Estimate of the largest industry counter, dies in one package counted once.",
        zh: "以最大行业统计机构的估计为准，同一封装计一张。",
      },
      unit: "million cards",
      middle: 1,
      sigma: 0.4,
    },
    {
      id: "domestic_share",
      kind: "number",
      a: regions,
      text: { en: "What share of new AI chips in {a} is designed there at {by}?", zh: "{by}时，{a}新增AI芯片中本地设计的占多少？" },
      criterion: { en: "By value, in the year to {by}.", zh: "按金额，统计截至{by}的一年。" },
      unit: "probability",
      middle: 0.35,
    },
    {
      id: "tapes_out",
      kind: "date",
      a: [
        { id: "photonic", en: "a photonic accelerator", zh: "光计算加速卡" },
        { id: "compute_in_memory", en: "a compute-in-memory accelerator", zh: "存算一体加速卡" },
        { id: "risc_v", en: "a RISC-V server chip", zh: "RISC-V服务器芯片" },
        { id: "chiplet", en: "an open chiplet accelerator", zh: "开放芯粒加速卡" },
        { id: "analogue", en: "an analogue accelerator", zh: "模拟计算加速卡" },
      ],
      b: regions,
      text: { en: "When is {a} from {b} in paid use at a large cloud?", zh: "来自{b}的{a}何时在大型云上收费使用？" },
      criterion: { en: "First day on which a customer can rent it.", zh: "客户首次可以租用之日。" },
    },
    {
      id: "memory_leader",
      kind: "oneOf",
      a: regions,
      options: winners,
      text: { en: "Who sells the most AI memory to {a} at {by}?", zh: "{by}时，谁卖给{a}的AI存储最多？" },
      criterion: { en: "By revenue of the quarter before {by}.", zh: "以{by}前一季度的收入为准。" },
    },
  ],
  capital: [
    {
      id: "listing",
      kind: "yesNo",
      a: [
        { id: "model_lab", en: "an independent model company", zh: "独立大模型公司" },
        { id: "chip_maker", en: "an AI chip start-up", zh: "AI芯片创业公司" },
        { id: "robot_maker", en: "a robot start-up", zh: "机器人创业公司" },
        { id: "app_maker", en: "an AI application start-up", zh: "AI应用创业公司" },
      ],
      b: [
        { id: "hong_kong", en: "Hong Kong", zh: "香港" },
        { id: "shanghai", en: "Shanghai", zh: "上海" },
        { id: "new_york", en: "New York", zh: "纽约" },
      ],
      text: { en: "Is {a} worth over USD 10bn listed in {b} by {by}?", zh: "到{by}，会有市值超过100亿美元的{a}在{b}上市吗？" },
      criterion: { en: "Market value above USD 10bn at the close of any day by {by}.", zh: "{by}前任一交易日收盘市值超过100亿美元。" },
    },
    {
      id: "round_size",
      kind: "yesNo",
      a: regions,
      b: [
        { id: "1bn", en: "USD 1bn", zh: "10亿美元" },
        { id: "3bn", en: "USD 3bn", zh: "30亿美元" },
        { id: "10bn", en: "USD 10bn", zh: "100亿美元" },
      ],
      text: { en: "Does an AI start-up of {a} raise {b} in one round by {by}?", zh: "到{by}，{a}会有AI创业公司单轮融资达到{b}吗？" },
      criterion: { en: "Announced by the company or two leading papers by {by}.", zh: "{by}前，公司公告或两家主流媒体报道。" },
    },
    {
      id: "funding",
      kind: "number",
      a: regions,
      b: [
        { id: "robots", en: "robotics", zh: "机器人", times: 1 },
        { id: "models", en: "models", zh: "大模型", times: 4 },
        { id: "chips", en: "chips", zh: "芯片", times: 1.5 },
        { id: "apps", en: "applications", zh: "应用", times: 3 },
      ],
      text: { en: "How much do start-ups in {b} raise in {a} in the year to {by}?", zh: "截至{by}的一年里，{a}的{b}创业公司融资多少？" },
      criterion: { en: "Count of the largest database of the region.", zh: "以当地最大的创投数据库统计为准。" },
      unit: "USD",
      middle: 4e9,
      sigma: 0.6,
    },
    {
      id: "down_rounds",
      kind: "number",
      a: regions,
      text: { en: "What share of AI rounds in {a} is at a lower price at {by}?", zh: "{by}时，{a}的AI融资里有多大比例是折价轮？" },
      criterion: { en: "Of rounds with a known price in the year to {by}.", zh: "统计截至{by}一年内价格已知的轮次。" },
      unit: "probability",
      middle: 0.2,
    },
    {
      id: "window",
      kind: "date",
      a: [
        { id: "hong_kong", en: "Hong Kong", zh: "香港" },
        { id: "shanghai", en: "Shanghai", zh: "上海" },
        { id: "shenzhen", en: "Shenzhen", zh: "深圳" },
        { id: "new_york", en: "New York", zh: "纽约" },
        { id: "singapore", en: "Singapore", zh: "新加坡" },
      ],
      b: [
        { id: "3", en: "three", zh: "3家" },
        { id: "5", en: "five", zh: "5家" },
        { id: "10", en: "ten", zh: "10家" },
        { id: "20", en: "twenty", zh: "20家" },
        { id: "40", en: "forty", zh: "40家" },
        { id: "60", en: "sixty", zh: "60家" },
      ],
      text: { en: "When have {b} AI companies listed in {a} within a year?", zh: "{a}何时一年内有{b}AI公司上市？" },
      criterion: { en: "First day on which the listings of twelve months reach the number.", zh: "滚动十二个月上市家数首次达到该数之日。" },
    },
    {
      id: "buyer",
      kind: "oneOf",
      a: regions,
      options: [
        { id: "internet", en: "an internet company", zh: "互联网公司" },
        { id: "industrial", en: "an industrial company", zh: "产业公司" },
        { id: "chip_company", en: "a chip company", zh: "芯片公司" },
        { id: "no_deal", en: "nobody", zh: "没有大额并购" },
      ],
      text: { en: "Who makes the largest AI acquisition in {a} by {by}?", zh: "到{by}，{a}最大的一笔AI并购出自谁手？" },
      criterion: { en: "Largest by price among deals closed by {by}, from USD 500m.", zh: "{by}前交割且不低于5亿美元的交易中金额最大者。" },
    },
  ],
  policy: [
    {
      id: "controls",
      kind: "yesNo",
      a: [
        { id: "accelerators", en: "accelerators", zh: "加速卡" },
        { id: "memory", en: "memory for AI", zh: "AI存储" },
        { id: "tools", en: "chip-making tools", zh: "芯片设备" },
        { id: "weights", en: "model weights", zh: "模型权重" },
        { id: "cloud", en: "rented compute", zh: "云上算力" },
      ],
      b: [
        { id: "tighten", en: "tightened", zh: "收紧" },
        { id: "relax", en: "relaxed", zh: "放松" },
      ],
      text: { en: "Are the American export rules on {a} {b} by {by}?", zh: "到{by}，美国对{a}的出口规则会{b}吗？" },
      criterion: { en: "A rule published in the Federal Register by {by}.", zh: "{by}前，《联邦公报》刊发相应规则。" },
    },
    {
      id: "licence",
      kind: "yesNo",
      a: regions,
      b: [
        { id: "agents", en: "agents that spend money", zh: "可动用资金的智能体" },
        { id: "companions", en: "companions for minors", zh: "面向未成年人的陪伴应用" },
        { id: "robots", en: "humanoids in public places", zh: "公共场所的人形机器人" },
        { id: "driving", en: "driverless taxis", zh: "无人出租车" },
      ],
      text: { en: "Does {a} demand a licence for {b} by {by}?", zh: "到{by}，{a}会对{b}实行许可制吗？" },
      criterion: { en: "A law or rule in force by {by}.", zh: "{by}前，相应法律或规则已生效。" },
    },
    {
      id: "subsidy",
      kind: "number",
      a: regions,
      b: [
        { id: "compute", en: "compute", zh: "算力", times: 3 },
        { id: "chips", en: "chips", zh: "芯片", times: 5 },
        { id: "robots", en: "robotics", zh: "机器人", times: 1 },
      ],
      text: {
        en: "What does {a} spend on {b} out of public funds in the year to {by}?",
        zh: "截至{by}的一年里，{a}在{b}上投入多少财政资金？",
      },
      criterion: { en: "Sum of the published budgets and guidance funds.", zh: "以公开的预算与引导基金合计为准。" },
      unit: "USD",
      middle: 1.2e9,
      sigma: 0.5,
    },
    {
      id: "tariff",
      kind: "number",
      a: regions,
      text: { en: "What is the duty on imported servers in {a} at {by}?", zh: "{by}时，{a}对进口服务器征多少关税？" },
      criterion: { en: "Rate in force on {by} for the largest supplier.", zh: "以{by}对最大来源国的适用税率为准。" },
      unit: "probability",
      middle: 0.12,
    },
    {
      id: "law_in_force",
      kind: "date",
      a: regions,
      b: [
        { id: "copyright", en: "on training with protected works", zh: "规范训练版权" },
        { id: "liability", en: "on liability for agents", zh: "规定智能体责任" },
        { id: "data", en: "on trade in data", zh: "规范数据交易" },
        { id: "labour", en: "on work replaced by AI", zh: "应对AI替代就业" },
        { id: "safety", en: "on tests before release", zh: "要求发布前测试" },
      ],
      text: { en: "When is a law {b} in force in {a}?", zh: "{a}{b}的法律何时生效？" },
      criterion: { en: "Day of entry into force in the official journal.", zh: "以官方公报的生效日为准。" },
    },
    {
      id: "regulator",
      kind: "oneOf",
      a: regions,
      options: [
        { id: "new_body", en: "a body of its own", zh: "新设机构" },
        { id: "telecoms", en: "the regulator of telecoms", zh: "通信主管部门" },
        { id: "market", en: "the regulator of markets", zh: "市场监管部门" },
        { id: "nobody", en: "nobody", zh: "无人牵头" },
      ],
      text: { en: "Who supervises AI in {a} at {by}?", zh: "{by}时，{a}由谁牵头监管AI？" },
      criterion: { en: "Named in a law or an order in force on {by}.", zh: "以{by}有效的法律或命令为准。" },
    },
  ],
  robotics: [
    {
      id: "works_shift",
      kind: "yesNo",
      a: [
        { id: "humanoid", en: "a humanoid", zh: "人形机器人" },
        { id: "wheeled", en: "a wheeled robot with two arms", zh: "双臂轮式机器人" },
        { id: "quadruped", en: "a quadruped", zh: "四足机器人" },
        { id: "hand", en: "a five-fingered hand", zh: "五指灵巧手" },
      ],
      b: [
        { id: "car_plant", en: "a car plant", zh: "汽车工厂" },
        { id: "warehouse", en: "a warehouse", zh: "仓库" },
        { id: "home", en: "a home", zh: "家庭" },
        { id: "hospital", en: "a hospital", zh: "医院" },
      ],
      text: { en: "Does {a} earn its cost within two years in {b} by {by}?", zh: "到{by}，{a}在{b}里能做到两年回本吗？" },
      criterion: { en: "A customer with at least ten of them says so in public by {by}.", zh: "{by}前，有至少十台的客户公开证实。" },
    },
    {
      id: "robot_model",
      kind: "yesNo",
      a: labs,
      b: [
        { id: "fold", en: "folds unknown laundry", zh: "叠好没见过的衣物" },
        { id: "kitchen", en: "tidies an unknown kitchen", zh: "收拾没见过的厨房" },
        { id: "assemble", en: "assembles from a drawing", zh: "照图纸完成装配" },
      ],
      text: {
        en: "Does a robot run by a model of {a} that {b} nine times in ten exist by {by}?",
        zh: "到{by}，{a}的模型能让机器人十次有九次{b}吗？",
      },
      criterion: { en: "Shown to outsiders in a place they chose by {by}.", zh: "{by}前，在外人指定的场地公开演示。" },
    },
    {
      id: "humanoid_sales",
      kind: "number",
      a: regions,
      text: { en: "How many thousand humanoids are sold in {a} in the year to {by}?", zh: "截至{by}的一年里，{a}卖出多少千台人形机器人？" },
      criterion: { en: "Count of the federation of the industry.", zh: "以行业联合会的统计为准。" },
      unit: "thousand robots",
      middle: 30,
      sigma: 0.9,
    },
    {
      id: "robot_price",
      kind: "number",
      a: [
        { id: "humanoid", en: "a humanoid", zh: "人形机器人", times: 28 },
        { id: "arm", en: "an arm with vision", zh: "带视觉的机械臂", times: 9 },
        { id: "hand", en: "a five-fingered hand", zh: "五指灵巧手", times: 4 },
        { id: "lidar", en: "a solid-state lidar", zh: "固态激光雷达", times: 0.2 },
      ],
      text: { en: "What does {a} cost at {by}?", zh: "{by}时，{a}卖多少钱？" },
      criterion: { en: "Cheapest list price among the three largest makers on {by}.", zh: "以{by}前三大厂商的最低报价为准。" },
      unit: "USD",
      middle: 1000,
      sigma: 0.4,
    },
    {
      id: "driverless",
      kind: "date",
      a: regions,
      b: [
        { id: "taxi_city", en: "driverless taxis in ten cities", zh: "十座城市的无人出租车" },
        { id: "trucks", en: "driverless lorries on motorways", zh: "高速上的无人卡车" },
        { id: "delivery", en: "a million driverless deliveries a day", zh: "日均百万单的无人配送" },
        { id: "drones", en: "delivery by drone in ten cities", zh: "十座城市的无人机配送" },
        { id: "buses", en: "driverless buses on public lines", zh: "公交线路上的无人巴士" },
      ],
      text: { en: "When are {b} in regular service in {a}?", zh: "{a}何时出现常态运营的{b}？" },
      criterion: { en: "First day of paid service without anybody on board to drive.", zh: "首次全无人收费运营之日。" },
    },
    {
      id: "robot_winner",
      kind: "oneOf",
      a: regions,
      options: [
        { id: "car_maker", en: "a maker of cars", zh: "车企" },
        { id: "robot_startup", en: "a start-up", zh: "创业公司" },
        { id: "phone_maker", en: "a maker of phones", zh: "手机厂商" },
        { id: "arm_maker", en: "a maker of industrial arms", zh: "工业机器人厂商" },
      ],
      text: { en: "Who sells the most humanoids in {a} at {by}?", zh: "{by}时，{a}人形机器人销量第一是谁？" },
      criterion: { en: "By number sold in the year to {by}.", zh: "按截至{by}一年的销量。" },
    },
  ],
  energy: [
    {
      id: "grid",
      kind: "yesNo",
      a: regions,
      b: [
        { id: "moratorium", en: "stop new connections of data centres", zh: "暂停数据中心并网" },
        { id: "priority", en: "put data centres first in the queue", zh: "给数据中心优先并网" },
        { id: "own_plant", en: "demand that data centres bring their own plants", zh: "要求数据中心自带电源" },
      ],
      text: { en: "Does a large grid of {a} {b} by {by}?", zh: "到{by}，{a}会有大型电网{b}吗？" },
      criterion: { en: "A rule of the operator or the regulator in force by {by}.", zh: "{by}前，电网或主管部门的规定已生效。" },
    },
    {
      id: "plant_for_ai",
      kind: "yesNo",
      a: regions,
      b: [
        { id: "small_reactor", en: "a small reactor", zh: "小型堆" },
        { id: "restart", en: "a restarted reactor", zh: "重启的核电机组" },
        { id: "storage", en: "storage of a gigawatt hour", zh: "1吉瓦时储能" },
        { id: "geothermal", en: "deep geothermal heat", zh: "深层地热" },
      ],
      text: { en: "Does {b} feed an AI campus in {a} by {by}?", zh: "到{by}，{a}会有AI园区由{b}供电吗？" },
      criterion: { en: "Power delivered under a contract by {by}.", zh: "{by}前，已按合同供电。" },
    },
    {
      id: "power_price",
      kind: "number",
      a: regions,
      text: { en: "What does a megawatt hour cost a data centre in {a} at {by}?", zh: "{by}时，{a}数据中心一兆瓦时电多少钱？" },
      criterion: { en: "Average of contracts signed in the quarter before {by}.", zh: "以{by}前一季度签约均价为准。" },
      unit: "USD",
      middle: 68,
      sigma: 0.3,
    },
    {
      id: "ai_power",
      kind: "number",
      a: regions,
      text: { en: "How many gigawatts do AI data centres draw in {a} at {by}?", zh: "{by}时，{a}的AI数据中心用电多少吉瓦？" },
      criterion: { en: "Estimate of the energy agency for {by}.", zh: "以能源机构对{by}的估计为准。" },
      unit: "GW",
      middle: 9,
      sigma: 0.4,
    },
    {
      id: "in_service",
      kind: "date",
      a: regions,
      b: [
        { id: "reactor", en: "the first small reactor for a data centre", zh: "首座数据中心小型堆" },
        { id: "fusion", en: "the first fusion plant with a buyer", zh: "首座有买家的聚变电站" },
        { id: "sodium", en: "sodium storage at a tenth of today's price", zh: "价格降至十分之一的钠电储能" },
        { id: "line", en: "a new long line for AI regions", zh: "专供算力枢纽的特高压线路" },
        { id: "liquid", en: "liquid cooling in most new halls", zh: "过半新机房采用液冷" },
      ],
      text: { en: "When is {b} in service in {a}?", zh: "{a}{b}何时投入使用？" },
      criterion: { en: "First day of regular operation, by the operator.", zh: "以运营方宣布的首个正式运行日为准。" },
    },
    {
      id: "marginal_power",
      kind: "oneOf",
      a: regions,
      options: [
        { id: "gas", en: "gas", zh: "天然气" },
        { id: "renewables", en: "wind and sun with storage", zh: "风光配储" },
        { id: "nuclear", en: "nuclear", zh: "核电" },
        { id: "coal", en: "coal", zh: "煤电" },
      ],
      text: { en: "What feeds most new AI capacity in {a} at {by}?", zh: "{by}时，{a}新增AI算力主要靠什么供电？" },
      criterion: { en: "By energy of contracts signed in the year to {by}.", zh: "按截至{by}一年签约电量。" },
    },
  ],
};
