import { pageBytes, webAssembly } from "./web-assembly.ts";
import type { WebAssemblyMemory } from "./web-assembly.ts";

/** Parcels out one WebAssembly memory, which grows as needed; growing detaches all views. */
export interface Arena {
  memory: WebAssemblyMemory;
  /** The address of so many bytes, a multiple of 64. */
  allocate(bytes: number): number;
  release(address: number): void;
  /** Bytes handed out at present. */
  used(): number;
}

const alignment = 64;

export function arena(expectedBytes: number): Arena {
  const memory = new webAssembly!.Memory({ initial: Math.ceil((expectedBytes + alignment) / pageBytes) + 1 });
  const sizes = new Map<number, number>();
  const free = new Map<number, number[]>(); // size -> addresses
  let end = alignment;
  let used = 0;
  return {
    memory,
    allocate(bytes) {
      const size = Math.max(alignment, Math.ceil(bytes / alignment) * alignment);
      used += size;
      const known = free.get(size)?.pop();
      const address = known ?? end;
      if (known === undefined) {
        end += size;
        const lacking = end - memory.buffer.byteLength;
        if (lacking > 0) memory.grow(Math.ceil(Math.max(lacking, memory.buffer.byteLength / 4) / pageBytes));
      }
      sizes.set(address, size);
      return address;
    },
    release(address) {
      const size = sizes.get(address)!;
      used -= size;
      sizes.delete(address);
      const same = free.get(size);
      if (same) same.push(address);
      else free.set(size, [address]);
    },
    used: () => used,
  };
}
