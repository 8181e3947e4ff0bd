import type { LabRunWording } from "./lab-run-en.ts";

/** 算力实验室关于训练作业运行的中文用语：故障、多地、替代、成本、规模定律。 */
export const labRunZh: LabRunWording = {
  checked: { read: "已读原文", secondary: "转引", recalled: "凭记忆，未核对", assumed: "假设" },
  bandNote: "括号内是区间，真值五次里应有四次落在其中。",
  sources: "出处",
  assumption: "未见公开数字：是写明的假设，应换成团队自己的数",
  notNumber: (flag, given) => `${flag} 要一个数，如 1000、2.5M、10T；“${given}”不是。`,
  problems: {
    missing: (flag) => `缺少 ${flag}。`,
    notPositive: (flag, { given }) => `${flag} 必须大于零，${given} 不行。`,
    notWhole: (flag, { given, nearest }) => `${flag} 必须是整数，${given} 不是，最接近的是 ${nearest}。`,
    outOfRange: (flag, { given, low, high }) =>
      high === Infinity ? `${flag} 至少为 ${low}，${given} 不行。` : `${flag} 必须在 ${low} 到 ${high} 之间，${given} 不在。`,
    unknownName: (flag, { given, known }) => `${flag} 不认识“${given}”，可选：${known}。`,
  },
  failures: {
    title: "同步训练作业的故障，按规模",
    columns: ["芯片数", "两次中断相隔（小时）", "每隔多久存档（分钟）", "有效时间", "备用主机", "天数", "中断总数"],
    slow: (loss, chips) => `慢主机若不剔除，${chips} 颗芯片时每步都要多花 ${loss}：同步作业只能跟着最慢的主机走。`,
    components: "因何中断",
    componentColumns: ["原因", "占比", "类别"],
    rest: (count) => `其余 ${count} 种小原因`,
    kinds: { hardware: "硬件", software: "软件", host: "计划内或主机" },
    component: {
      faultyGpu: "芯片故障",
      gpuMemory: "显存（HBM）",
      softwareBug: "软件缺陷",
      switchOrCable: "交换机或线缆",
      hostMaintenance: "主机维护",
      gpuSram: "芯片SRAM",
      gpuSystemProcessor: "芯片系统处理器",
      networkCard: "网卡",
      collectiveTimeout: "集合通信超时",
      silentCorruption: "静默数据错误",
      gpuThermal: "芯片过热",
      solidStateDisk: "硬盘",
      powerSupply: "电源",
      serverChassis: "机箱",
      ioBoard: "IO板",
      dependency: "外部依赖",
      processor: "处理器",
      systemMemory: "主机内存",
    },
  },
};
