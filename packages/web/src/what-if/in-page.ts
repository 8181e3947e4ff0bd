import { overWorker } from "../data/worker-asking.ts";
import type { Answers, Asked } from "./answer.ts";

/** The worker of the page, asked as a function. */
export interface InPage {
  ask: <A extends Asked>(asked: A) => Promise<Answers[A["ask"]]>;
  close: () => void;
}

/** Starts a worker of the page; questions are answered in the order in which they were asked. */
export function startInPage(): InPage {
  return overWorker(new Worker(new URL("./in-page-worker.ts", import.meta.url), { type: "module" })) as InPage;
}
