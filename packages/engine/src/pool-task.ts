/**
 * Work that a pool can give to its workers: `prepare` turns what all parts of a job share into a function of one part.
 *
 * Everything that goes in or out is plain data or typed arrays. A worker knows a task by its name, so it must have the same tasks as the page or process
 * that asks; it prepares once per job. The result of a part may depend on nothing but `common` and the part: then a job gives the same bits with any
 * number of workers.
 */
export interface Task<Common, Part, Result> {
  name: string;
  prepare: (common: Common) => PreparedTask<Part, Result> | Promise<PreparedTask<Part, Result>>;
}

/** `report` tells how far the part is, 0 to 1; nobody has to. */
export type PreparedTask<Part, Result> = (part: Part, report: (share: number) => void) => PartOutput<Result> | Promise<PartOutput<Result>>;

export interface PartOutput<Result> {
  result: Result;
  transfer?: ArrayBuffer[]; // buffers in the result that move instead of being copied; the worker loses them
}

/** What goes to a worker: a job opens, its parts come one by one, it closes. */
export type ToWorker =
  | { kind: "open"; job: number; task: string; common: unknown }
  | { kind: "part"; job: number; index: number; part: unknown }
  | { kind: "close"; job: number };

/** What comes back from a worker. */
export type FromWorker =
  | { kind: "progress"; job: number; index: number; share: number }
  | { kind: "done"; job: number; index: number; result: unknown }
  | { kind: "failed"; job: number; index: number; cause: unknown };

/** One end of a channel: of Node's worker threads, of Web Workers, of anything that carries structured clones in order. */
export interface Port {
  post: (message: unknown, transfer: ArrayBuffer[]) => void;
  onMessage: (listener: (message: unknown) => void) => void;
}

/** A worker as its pool sees it. */
export interface WorkerPort extends Port {
  /** Hears once that the worker is gone, and why. */
  onEnd: (listener: (cause: unknown) => void) => void;
  terminate: () => void | Promise<unknown>;
  /** Told when work begins and ends: an idle worker need not keep a process alive. */
  busy?: (busy: boolean) => void;
}

// A task of any kind; what it takes and gives is checked where the pool is asked.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyTask = Task<any, any, any>;
