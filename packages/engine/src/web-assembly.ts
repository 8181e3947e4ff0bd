/** As much of the WebAssembly interface as is used here; declared by hand, because browsers' types are not those of Node. */
export interface WebAssemblyMemory {
  buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** A compiled module, opaque. */
export type WebAssemblyModule = object;

export interface WebAssemblyInterface {
  Memory: new (limits: { initial: number; maximum?: number }) => WebAssemblyMemory;
  Module: new (bytes: Uint8Array) => WebAssemblyModule;
  Instance: new (module: WebAssemblyModule, imports: object) => { exports: Record<string, unknown> };
  validate(bytes: Uint8Array): boolean;
}

export const pageBytes = 65_536;

/** The WebAssembly of this JavaScript engine; undefined where it has none. */
export const webAssembly = (globalThis as { WebAssembly?: WebAssemblyInterface }).WebAssembly;
