import type { ProblemParams, StoreOwnCode } from "../problem.ts";
import type { ProblemWording } from "./problems-en.ts";

type Param = ProblemParams[string] | undefined;

/** Every problem of the database and its backups in Chinese. */
export const storeProblemsZh: Record<StoreOwnCode, (params: ProblemParams) => ProblemWording> = {
  // Writing
  unknownWorkspace: ({ id }) => ({
    what: `数据库里没有工作区${quoted(id)}。`,
    mend: "用「watershed workspaces」可列出已有的工作区；用「watershed import 文件夹」可导入一个。",
  }),
  notThereYet: ({ id, since }) => ({
    what: `那时数据库里还没有工作区${quoted(id)}，它是 ${shown(since)} 导入的。`,
    mend: "请写一个更晚的时刻。",
  }),
  workspaceExists: ({ id }) => ({
    what: `数据库里已经有工作区${quoted(id)}。`,
    mend: "请用「--id」换一个名称导入，或用「--update」更新库里的那一个。",
  }),
  badWorkspaceId: ({ id }) => ({
    what: `${quoted(id, "这个名称")}不能用作工作区的名称。`,
    mend: "请用小写字母、数字、连字符和下划线，最多 64 个，例如「china-ai-2024」。",
  }),
  workspaceArchived: ({ id }) => ({ what: `工作区${quoted(id)}已经归档，不再写入。`, mend: "请先取消归档。" }),
  changedMeanwhile: ({ id, expected, found }) => ({
    what: `工作区${quoted(id)}导出之后又有人改过：当时是第 ${shown(expected)} 次改动，现在是第 ${shown(found)} 次。`,
    mend: "请重新导出，把自己的改动并进去，再导入。",
  }),
  unknownItem: ({ key, kind }) => ({ what: `这里没有${kindOf(kind)}${quoted(key)}。`, mend: "可能已被别人删去，请重新打开工作区看看。" }),
  unknownKind: ({ kind, kinds }) => ({ what: `没有${quoted(kind)}这一类条目。`, mend: `可用的类别有：${listed(kinds)}。` }),
  keyTaken: ({ key }) => ({ what: `编号${quoted(key)}已被占用。`, mend: "请换一个编号。" }),
  appendOnly: ({ kind, key }) => ({
    what: `${kindOf(kind)}${quoted(key)}会因此被改动或删去，而说过的话要留在记录里。`,
    mend: `请恢复原样，另加一条日期更晚的${kindOf(kind)}来取代它。`,
  }),
  notAppendOnly: ({ kind }) => ({ what: `${quoted(kind, "这")}一类的条目要按所依据的版本来保存。`, mend: "请用保存，不要用追加。" }),
  idChanged: ({ id, key }) => ({
    what: `存为${quoted(key)}的条目，自己的编号却写成了${quoted(id)}。`,
    mend: "条目的编号不变：请另存为新条目，再删去旧的。",
  }),
  editedTwice: ({ key, kind }) => ({ what: `同一次改动里两次改了${kindOf(kind)}${quoted(key)}。`, mend: "请把两处改动并成一处。" }),
  ownedByAnother: ({ key }) => ({ what: `笔记${quoted(key)}是别人写的，大家都能看到。`, mend: "只有作者本人能把它改为私密。" }),
  nothingToWrite: () => ({ what: "没有要写入的内容。", mend: "请至少给出一处改动。" }),
  authorMissing: () => ({ what: "没有说明这次改动是谁做的。", mend: "请写明作者。" }),
  badMoment: ({ found }) => ({
    what: `${quoted(found, "这")}不是一个时刻。`,
    mend: "请写日期或时刻，例如「2026-03-31」或「2026-03-31T18:00Z」。",
  }),

  // The database
  databaseUnreachable: ({ address, reason }) => ({
    what: `连不上数据库${quoted(address, "")}${because(reason)}。`,
    mend: "请确认它正在运行，并检查 DATABASE_URL 里的主机、端口、库名和密码。",
  }),
  badDatabaseUrl: ({ found }) => ({
    what: `${quoted(found, "这")}不是 PostgreSQL 数据库的地址。`,
    mend: "请把 DATABASE_URL 写成「postgresql://user:password@host:5432/watershed」这样的地址；不设它就用内置数据库。",
  }),
  databaseDidNotStart: ({ folder, reason }) => ({
    what: `${quoted(folder, "数据文件夹")}里的内置数据库没能启动${because(reason)}。`,
    mend: "该文件夹里的「postgres.log」有详情。可用 WATERSHED_DATA 换一个文件夹，或用 DATABASE_URL 改用服务器。",
  }),
  databaseTooOld: ({ found, wanted }) => ({
    what: `数据库服务器是 PostgreSQL ${shown(found)}，Watershed 需要 ${shown(wanted)} 或更新的版本。`,
    mend: "请换用较新的服务器；不设 DATABASE_URL 就用内置数据库。",
  }),
  databaseNewer: () => ({
    what: "这个数据库已被更新版本的 Watershed 用过，当前版本不认识其中的表。",
    mend: "请升级 Watershed，或把备份恢复到另一个数据库。",
  }),
  databaseNotPrepared: ({ address, reason }) => ({
    what: `没能在数据库${quoted(address, "")}里建立 Watershed 的表${because(reason)}。`,
    mend: "请让 DATABASE_URL 所用的角色有权在该库里新建模式（schema）。",
  }),
  folderInUse: ({ folder, process }) => ({
    what: `数据文件夹${quoted(folder, "")}正被另一个进程${has(process) ? `（${shown(process)} 号）` : ""}使用，这种数据库一次只能供一个进程使用。`,
    mend: "请先结束那个进程，或直接用它打开的页面。",
  }),
  dataFolderNotWritable: ({ folder, reason }) => ({
    what: `无法写入数据文件夹${quoted(folder, "")}${because(reason)}。`,
    mend: "请用 WATERSHED_DATA 指定一个自己的文件夹。",
  }),
  clusterOfOtherVersion: ({ found, wanted }) => ({
    what: `数据文件夹里是另一个大版本的数据库（${listed(found)}），当前的 Watershed 自带 PostgreSQL ${shown(wanted)}。`,
    mend: "请用当初的 Watershed 版本做一次备份，再在这里恢复到另一个文件夹。",
  }),
  simplerDatabase: ({ reason }) => ({
    what: `这里运行不了 PostgreSQL${because(reason)}，改用较简单的数据库，一次只能供一个进程使用。`,
    mend: "数据不会因此丢失。团队使用时，请用 DATABASE_URL 指定 PostgreSQL 服务器。",
  }),

  // Backups
  backupNotReadable: ({ file, reason }) => ({
    what: `读不了备份${quoted(file, "")}${because(reason)}。`,
    mend: "请检查文件名，以及是否有读取权限。",
  }),
  backupNotWritten: ({ file, reason }) => ({
    what: `没能写出备份${quoted(file, "")}${because(reason)}。`,
    mend: "请换一个自己的、空间足够的文件夹。",
  }),
  backupDamaged: ({ file, reason }) => ({
    what: `备份${quoted(file, "")}已损坏：${damage[String(reason)] ?? damage.checksum}。没有恢复其中任何内容。`,
    mend: "请从原处重新复制，或改用更早的备份。",
  }),
  backupNewer: ({ file, found, known }) => ({
    what: `备份${quoted(file, "")}的格式是第 ${shown(found)} 版，当前的 Watershed 只读得懂到第 ${shown(known)} 版。没有恢复其中任何内容。`,
    mend: "请升级 Watershed 之后再恢复。",
  }),
  backupOfSomethingElse: ({ file }) => ({
    what: `${quoted(file, "这个文件")}不是 Watershed 做的备份。`,
    mend: "请指定由「watershed backup」写出的文件。",
  }),
  historiesDiffer: ({ id, change }) => ({
    what: `工作区${quoted(id)}在这里的历史与备份里的不同，从第 ${shown(change)} 次改动起就分开了。没有恢复任何内容。`,
    mend: "请恢复到空的数据库（用 WATERSHED_DATA 指定新文件夹），从那里导出这个工作区，再换一个名称导入这里。",
  }),
  historyBroken: ({ id, change, file }) => ({
    what: `工作区${quoted(id)}的历史从第 ${shown(change)} 次改动起对不上：有人绕过 Watershed 改过数据库。备份${quoted(file, "")}已经写出，但无法恢复。`,
    mend: "请查清谁有数据库所有者的权限，改用更早的备份，并把这个工作区另行导出到文件夹。",
  }),
  fileExists: ({ file }) => ({ what: `文件${quoted(file, "")}已经存在。`, mend: "请换一个文件名；备份从不覆盖已有的文件。" }),
};

const damage: Record<string, string> = {
  checksum: "内容与校验和不符",
  cutOff: "缺了末尾一段",
  moreAfterEnd: "末尾之后还有多余的内容",
};

const reasons: Record<string, string> = {
  noBinaries: "没有适合这种机器的版本",
  root: "它拒绝以超级用户身份运行，也没有别的用户可用",
};

function because(reason: Param): string {
  return has(reason) ? `（${reasons[String(reason)] ?? String(reason)}）` : "";
}

function has(value: Param): value is string | number | string[] {
  return value !== undefined && String(value) !== "";
}

function shown(value: Param): string {
  return has(value) ? String(value) : "另一";
}

function quoted(value: Param, otherwise = "它"): string {
  return has(value) ? `「${String(value)}」` : otherwise;
}

function listed(value: Param): string {
  return has(value)
    ? [value]
        .flat()
        .map((one) => `「${one}」`)
        .join("、")
    : "见文档";
}

const names: Record<string, string> = {
  people: "成员",
  sources: "来源",
  facts: "事实",
  questions: "问题",
  forecasts: "预测",
  correlations: "相关系数",
  theses: "论点",
  tracks: "赛道",
  companies: "公司",
  assessments: "评分",
  rounds: "融资轮次",
  positions: "持仓",
  quantities: "变量",
  signals: "信号",
  triggers: "触发条件",
  cases: "投资案例",
  actions: "行动",
  decisions: "决策",
  resolutions: "揭晓结果",
  notes: "笔记",
  settings: "设置",
  streams: "随机流次序",
};

function kindOf(kind: Param): string {
  return has(kind) ? (names[String(kind)] ?? String(kind)) : "条目";
}
