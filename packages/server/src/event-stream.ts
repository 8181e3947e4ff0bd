/** A stream of server-sent events, as one response. */
export interface EventStream {
  response: Response;
  send(event: string, data: unknown): void;
  close(): void;
  /** Aborted when the reader has gone or the stream is closed. */
  readonly ended: AbortSignal;
}

const heartbeatMilliseconds = 20_000;

/** Opens a stream that ends with the request, with `until`, or by `close`; a comment now and then keeps proxies from cutting it. */
export function openEventStream(request: Request, until: AbortSignal): EventStream {
  const encoder = new TextEncoder();
  const ended = new AbortController();
  let writer: ReadableStreamDefaultController<Uint8Array> | undefined;
  const write = (text: string): void => {
    if (!ended.signal.aborted) writer?.enqueue(encoder.encode(text));
  };
  const heartbeat = setInterval(() => write(": still here\n\n"), heartbeatMilliseconds);
  heartbeat.unref();
  const close = (): void => {
    if (ended.signal.aborted) return;
    clearInterval(heartbeat);
    request.signal.removeEventListener("abort", close); // and so the request, which alone carries its signal, lives as long as the stream
    ended.abort(new Error("the stream has ended"));
    try {
      writer?.close();
    } catch {
      // the reader has gone already
    }
  };
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      writer = controller;
      write(": watershed\n\n");
    },
    cancel: close,
  });
  request.signal.addEventListener("abort", close, { once: true });
  until.addEventListener("abort", close, { once: true });
  ended.signal.addEventListener("abort", () => until.removeEventListener("abort", close), { once: true });
  if (until.aborted) close();
  return {
    response: new Response(body, {
      headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store", "x-accel-buffering": "no" },
    }),
    send: (event, data) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
    close,
    ended: ended.signal,
  };
}
