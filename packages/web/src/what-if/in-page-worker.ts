import { answer } from "./answer.ts";
import type { Asked } from "./answer.ts";

/** The worker of the page: every question that the page computes for itself is answered here, away from the hand that drags. */
self.addEventListener("message", ({ data }: MessageEvent<{ id: number; asked: Asked }>) => {
  try {
    self.postMessage({ id: data.id, answer: answer(data.asked) }, {});
  } catch (error) {
    self.postMessage({ id: data.id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }, {});
  }
});
