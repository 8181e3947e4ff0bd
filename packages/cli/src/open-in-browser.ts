import { spawn } from "node:child_process";

/** Opens an address in the reader's browser where there is one to open; says nothing where there is none. */
export function openInBrowser(address: string, environment: Record<string, string | undefined>): void {
  if (environment.CI || (process.platform === "linux" && !environment.DISPLAY && !environment.WAYLAND_DISPLAY)) return;
  const [command, ...before] =
    process.platform === "darwin" ? ["open"] : process.platform === "win32" ? ["rundll32", "url.dll,FileProtocolHandler"] : ["xdg-open"];
  const child = spawn(command, [...before, address], { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}
