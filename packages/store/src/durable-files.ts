import { closeSync, fdatasyncSync, fsyncSync, openSync } from "node:fs";
import { NodeFS } from "@electric-sql/pglite/nodefs";

type Init = InstanceType<typeof NodeFS>["init"];

/** What of Emscripten's module is needed to give its files a sync; their own does nothing. */
interface FilesOfModule {
  NODEFS: {
    stream_ops: { fsync?: (stream: FileStream) => number };
    realPath(node: unknown): string;
  };
}

interface FileStream {
  nfd?: number;
  node: unknown;
}

/** The files of PGlite in a folder, with an fsync that reaches the disk: as shipped it has none, and a crash of the machine takes what was acknowledged. */
export class DurableFiles extends NodeFS {
  syncs = 0;

  override async init(...[database, options]: Parameters<Init>): ReturnType<Init> {
    const made = await super.init(database, options);
    const giveSync = (module: unknown): void => {
      const { NODEFS } = module as FilesOfModule;
      NODEFS.stream_ops.fsync = (stream) => {
        this.syncs++;
        return syncStream(stream, () => NODEFS.realPath(stream.node));
      };
    };
    const preRun = made.emscriptenOpts.preRun as unknown as ((module: unknown) => void)[];
    return { ...made, emscriptenOpts: { ...made.emscriptenOpts, preRun: [...preRun, giveSync] as never } };
  }
}

function syncStream({ nfd }: FileStream, path: () => string): number {
  if (nfd !== undefined) {
    fdatasyncSync(nfd);
    return 0;
  }
  const descriptor = openSync(path(), "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return 0;
}
