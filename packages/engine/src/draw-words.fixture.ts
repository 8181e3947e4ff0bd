import { arena } from "./arena.ts";
import { kernelLibrary } from "./kernel-library.ts";
import type { Sampler } from "./sampler.ts";
import { samplingKernelBody } from "./sampling-kernels.ts";
import { tablePlaces } from "./table-places.ts";

/** What a sampler draws at given words, four at a time and more. */
export function drawWords(sampler: Sampler, words: Uint32Array): Float32Array {
  if ("constant" in sampler) return new Float32Array(words.length).fill(sampler.constant);
  const place = arena(1 << 20);
  const { memory } = place;
  const library = kernelLibrary(memory);
  library.load(new Map([[`${sampler.kernel} of an array`, () => samplingKernelBody(sampler.kernel, true)]]));
  const bytes = Math.ceil(words.length / 4) * 16;
  const tables = tablePlaces(place);
  tables.place(sampler.entries);
  const [out, source, record] = [bytes, bytes, 256].map((size) => place.allocate(size));
  new Uint32Array(memory.buffer, source).set(words);
  const view = new DataView(memory.buffer, record);
  [out, 0, source, 0].forEach((amount, index) => view.setInt32(4 * index, amount, true));
  sampler.entries.forEach((entry, index) => {
    if ("amount" in entry) view.setFloat32(16 + 4 * index, entry.amount, true);
    else view.setInt32(16 + 4 * index, "bits" in entry ? entry.bits : tables.addressOf(entry), true);
  });
  library.kernel(`${sampler.kernel} of an array`)(record, 0, bytes);
  return new Float32Array(memory.buffer, out, words.length).slice();
}
