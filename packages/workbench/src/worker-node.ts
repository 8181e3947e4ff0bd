// The first and only module of a worker thread.
import { parentPort } from "node:worker_threads";
import { serveTasks } from "@watershed/engine";
import { workerTasks } from "./worker-tasks.ts";

const port = parentPort;
if (!port) throw new Error("this module is for worker threads");
serveTasks(
  { post: (message, transfer) => port.postMessage(message, transfer), onMessage: (listener) => port.on("message", listener) },
  workerTasks,
);
