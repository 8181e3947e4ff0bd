import type { serveEn } from "./serve-en.ts";

/** `watershed serve` 的中文提示。 */
export const serveZh: typeof serveEn = {
  running: (address) => `分水岭已启动：${address}`,
  keptIn: (place) => `全部数据保存在 ${place}`,
  howToStop: "按 Ctrl+C 停止；已保存的内容不会丢失。",
  stopping: "正在停止：先完成手头的请求。",
  noPage: "页面尚未构建，目前只有接口可用。请在分水岭的文件夹中运行 `npm run build -w packages/web`，再刷新页面。",
  badPort: (found) => `${found} 不是端口号。请给出 0 到 65535 的整数，例如 --port 4170；0 表示任选一个空闲端口。`,
  cannotListen: (host, port, reason) =>
    reason === "EADDRINUSE"
      ? `${host} 的端口 ${port} 已被占用。请停掉占用者，或用 --port 另选一个。`
      : reason === "EACCES"
        ? `当前用户无权使用端口 ${port}。请用 --port 选 1023 以上的端口。`
        : `本机没有地址 ${host}。请用 --host 指定本机的地址，例如 127.0.0.1。`,
};
