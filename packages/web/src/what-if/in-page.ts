import type { Answers, Asked } from "./answer.ts";

type Answer<A extends Asked> = Answers[A["ask"]];

/** The worker of the page, asked as a function. */
export interface InPage {
  ask: <A extends Asked>(asked: A) => Promise<Answer<A>>;
  close: () => void;
}

/** Starts a worker of the page; questions are answered in the order in which they were asked. */
export function startInPage(): InPage {
  const worker = new Worker(new URL("./in-page-worker.ts", import.meta.url), { type: "module" });
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  let asked = 0;
  worker.addEventListener("message", ({ data }: MessageEvent<{ id: number; answer?: never; failure?: string }>) => {
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.failure !== undefined) one?.reject(new Error(data.failure));
    else one?.resolve(data.answer as never);
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
