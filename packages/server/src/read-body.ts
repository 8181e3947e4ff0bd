import { Refusal } from "./refusal.ts";

/** The bytes of a body, refused as soon as there are more than `limitBytes`, whatever its headers say. */
export async function readBytes(request: Request, limitBytes: number): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > limitBytes) throw new Refusal("tooLarge", { limitBytes });
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > limitBytes) throw new Refusal("tooLarge", { limitBytes });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The JSON of a body; refused where it is not sent as JSON, or is none. */
export async function readJson(request: Request, limitBytes: number): Promise<unknown> {
  if (!/^application\/json\b/.test(request.headers.get("content-type") ?? "")) throw new Refusal("notJson");
  const text = new TextDecoder().decode(await readBytes(request, limitBytes));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal("wrongCall", { problem: "the body is not JSON" });
  }
}
