/**
 * The whole messages at the beginning of some bytes of PostgreSQL's wire protocol, and what is left of them. The first message of a
 * connection has a length alone, every later one a letter and a length.
 */
export function takeMessages(bytes: Uint8Array, started: boolean): { messages: Uint8Array[]; rest: Uint8Array; began: boolean } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const messages: Uint8Array[] = [];
  let [at, began] = [0, started];
  while (bytes.length - at >= (began ? 5 : 4)) {
    const length = began ? 1 + view.getUint32(at + 1) : view.getUint32(at);
    if (bytes.length - at < length) break;
    messages.push(bytes.slice(at, at + length));
    began = true;
    at += length;
  }
  return { messages, rest: bytes.slice(at), began };
}
