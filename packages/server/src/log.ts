import { pino } from "pino";
import type { Logger } from "pino";

/** Where lines of the log go: one JSON object each. */
export interface LogTarget {
  write(line: string): void;
}

/** Anything that looks like one of our secrets, wherever it turns up in a line. */
const secrets = /\b(ws[hil]_)[A-Za-z0-9_-]{8,}|(watershed\.session=)[^;\s"\\]+|(postgres(?:ql)?:\/\/[^:/\s"]*:)[^@\s"]+(?=@)/g;

const redacted = "[withheld]";

/**
 * The log of the server: structured, and without secrets. Fields that carry them are withheld by name; what slips into a message is withheld by its shape.
 */
export function openLog(options: { level?: string; target?: LogTarget } = {}): Logger {
  const target = options.target ?? { write: (line: string) => void process.stderr.write(line) };
  return pino(
    {
      level: options.level ?? "info",
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: [
          "password",
          "secret",
          "token",
          "cookie",
          "authorization",
          "*.password",
          "*.secret",
          "*.token",
          "*.cookie",
          "*.authorization",
          "*.csrfToken",
        ],
        censor: redacted,
      },
    },
    { write: (line: string) => target.write(withoutSecrets(line)) },
  );
}

/** A text with every secret of ours in it withheld. */
export function withoutSecrets(text: string): string {
  return text.replace(
    secrets,
    (_, ...groups: (string | undefined)[]) => `${groups.slice(0, 3).find((group) => group !== undefined) ?? ""}${redacted}`,
  );
}
