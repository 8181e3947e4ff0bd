import { moduleBytes } from "./assembler.ts";
import type { Code } from "./assembler.ts";
import { kernelParameters } from "./formula-kernel.ts";
import { webAssembly } from "./web-assembly.ts";
import type { WebAssemblyMemory, WebAssemblyModule } from "./web-assembly.ts";

/** One block of one step: the address of its record, the block's offset within a shard's column and its length, in bytes. */
export type Kernel = (record: number, offset: number, bytes: number) => void;

/** The kernels of one memory by name; names seen for the first time are compiled together into one module. */
export interface KernelLibrary {
  load(sources: Map<string, () => Code>): void;
  kernel(name: string): Kernel;
}

// Compiled once per process: modules hold no memory, so every run can link them to its own.
const compiled = new Map<string, { module: WebAssemblyModule; place: number }>();

/** Whether kernels can run here at all: WebAssembly with 128-bit vectors. */
export const kernelsRun: boolean = webAssembly?.validate(moduleBytes(0, [[0, 0x41, 0, 0xfd, 0x11, 0xfd, 0x53, 0x1a, 0x0b]])) ?? false;

export function kernelLibrary(memory: WebAssemblyMemory): KernelLibrary {
  const linked = new Map<WebAssemblyModule, Record<string, unknown>>();
  return {
    load: (sources) => compileMissing(sources),
    kernel(name) {
      const { module, place } = compiled.get(name)!;
      let exports = linked.get(module);
      if (!exports) {
        ({ exports } = new webAssembly!.Instance(module, { engine: { memory } }));
        linked.set(module, exports);
      }
      return exports[place] as Kernel;
    },
  };
}

function compileMissing(sources: Map<string, () => Code>): void {
  const missing = [...sources].filter(([name]) => !compiled.has(name));
  if (missing.length === 0) return;
  const bytes = moduleBytes(
    kernelParameters,
    missing.map(([, source]) => source()),
  );
  const module = new webAssembly!.Module(bytes);
  for (const [place, [name]] of missing.entries()) compiled.set(name, { module, place });
}
