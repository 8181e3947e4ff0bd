// The only module of a Web Worker.
import { accumulateShard, serveTasks, simulateShard, webWorkerScopePort } from "@watershed/engine";
import type { WebWorkerScope } from "@watershed/engine";

serveTasks(webWorkerScopePort(globalThis as unknown as WebWorkerScope), [simulateShard, accumulateShard]);
