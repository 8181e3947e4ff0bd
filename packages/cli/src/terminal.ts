import pc from "picocolors";

/** Where a command writes and what it may assume of the reader; tests give their own. */
export interface Terminal {
  out: (text: string) => void; // results
  err: (text: string) => void; // progress and problems
  width: number; // columns
  colours: ReturnType<typeof pc.createColors>;
  live: boolean; // stderr is a terminal on which a line can be rewritten
  cwd: string;
  environment?: Record<string, string | undefined>; // that of the process unless given
  stop?: AbortSignal; // ends a command that runs until it is stopped
}

/** How a command says with which code the process ends. */
export type SetExitCode = (code: number) => void;

/** The terminal this process runs in: no colour where the output is piped. */
export function processTerminal(): Terminal {
  const colour = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR;
  // A reader who has seen enough, `| head`, is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    width: Math.min(Math.max(process.stdout.columns ?? 100, 100), 120),
    colours: pc.createColors(colour),
    live: Boolean(process.stderr.isTTY),
    cwd: process.cwd(),
  };
}

/** A progress line on stderr: silent for the first second, rewritten on a terminal, a line per quarter elsewhere. */
export function progressLine(terminal: Terminal, label: string): { report: (share: number) => void; done: () => void } {
  const started = performance.now();
  let shown = -1;
  return {
    report: (share) => {
      if (performance.now() - started < 1000) return;
      const percent = Math.floor(share * 100);
      if (percent === shown || (!terminal.live && Math.floor(percent / 25) === Math.floor(shown / 25))) return;
      shown = percent;
      terminal.err(terminal.live ? `\r${label} ${percent}%` : `${label} ${percent}%\n`);
    },
    done: () => {
      if (terminal.live && shown >= 0) terminal.err(`\r${" ".repeat(label.length + 6)}\r`);
    },
  };
}
