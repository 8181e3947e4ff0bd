/** Whether an error says that the database went away or is not there yet, rather than that it refused something. */
export function isConnectionLost(error: unknown): boolean {
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
    const { code = "", message } = inner as Error & { code?: string };
    if (/^(57P0[1-3]|08|53300)/.test(code) || /^(ECONN|ENOENT|EPIPE|ETIMEDOUT)/.test(code)) return true;
    if (
      /^Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Connection ended/.test(
        message,
      )
    )
      return true;
  }
  return false;
}
