import type { DatabaseWording } from "./database-en.ts";

export const databaseZh: DatabaseWording = {
  opening: (address) => `正在打开数据库（${address}）……`,
  imported: (folder, id, items) => `已从 ${folder} 导入 ${items} 个条目，在数据库里名为 ${id}。`,
  importedNext: (id) => `要再导出，请用：watershed export ${id} 文件夹`,
  updated: (folder, id, items, change) => `${id} 已与 ${folder} 一致：改动了 ${items} 个条目（第 ${change} 次改动）。`,
  upToDate: (folder, id) => `${id} 与 ${folder} 本来就一致，没有写入。`,
  kept: (count) => `文件夹里有 ${count} 处问题一并导入了，用 watershed check 可看如何修改。`,
  notImported: "没有导入：读不出来的内容会丢失。",
  exported: (id, folder, files, change, at) => `已把 ${id} 第 ${change} 次改动时（${at}）的内容写到 ${folder}，共 ${files} 个文件。`,
  backedUp: (file, counts) => `已写出 ${file} 并读回核对：${counts}。`,
  keepSafe: "其中有私密笔记；有人登录使用时，还有密码的散列值。请像保管数据库一样保管它。",
  restored: (file, counts) => `已从 ${file} 恢复：${counts}。`,
  restoredNothing: (file) => `${file} 里的内容数据库里都有了，没有改动。`,
  counts: {
    workspaces: ["个工作区", "个工作区"],
    changes: ["次改动", "次改动"],
    versions: ["个条目版本", "个条目版本"],
    events: ["条事件", "条事件"],
    rows: ["行登录资料", "行登录资料"],
  },
  none: (address) => `数据库（${address}）里还没有工作区。导入一个：watershed import 文件夹`,
  columns: ["工作区", "名称", "改动", "最近改动", "改动人"],
  archived: "已归档",
};
