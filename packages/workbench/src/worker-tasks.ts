import { accumulateShard, simulateShard } from "@watershed/engine";
import type { AnyTask } from "@watershed/engine";
import { changeTask } from "./change-workspace.ts";
import { figureTask } from "./figures.ts";
import { inquiriesShare } from "./inquiries.ts";
import { reviewShare } from "./review-on-workers.ts";

/** What the workers of a process can do. */
export const workerTasks: AnyTask[] = [simulateShard, accumulateShard, reviewShare, inquiriesShare, figureTask, changeTask];
