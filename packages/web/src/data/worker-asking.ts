/** Questions to a worker as promises, answered in the order in which they were asked. */
export interface WorkerAsking<Asked, Answer> {
  ask: (asked: Asked) => Promise<Answer>;
  close: () => void;
}

/** Makes a worker that is served by `answerIn` something to ask. */
export function overWorker<Asked, Answer>(worker: Worker): WorkerAsking<Asked, Answer> {
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  let asked = 0;
  worker.addEventListener("message", ({ data }: MessageEvent<{ id: number; answer?: Answer; failure?: string }>) => {
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.failure !== undefined) one?.reject(new Error(data.failure));
    else one?.resolve(data.answer as Answer);
  });
  worker.addEventListener("error", ({ message }) => {
    for (const { reject } of waiting.values()) reject(new Error(message || "the worker of the page could not be started"));
    waiting.clear();
  });
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        const id = asked++;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, asked: question }, []);
      }),
    close: () => worker.terminate(),
  };
}

/** Serves a worker: every question that arrives is answered, and what fails is told. */
export function answerIn<Asked>(scope: typeof globalThis, answer: (asked: Asked) => unknown): void {
  scope.addEventListener("message", ({ data }: MessageEvent<{ id: number; asked: Asked }>) => {
    try {
      scope.postMessage({ id: data.id, answer: answer(data.asked) }, {});
    } catch (error) {
      scope.postMessage({ id: data.id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }, {});
    }
  });
}
