import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { Readable } from "node:stream";

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** Answers with a file of the built page; every path that is no file is the page itself, whose own router knows it. Undefined where no page is built. */
export async function pageFile(folder: string, path: string): Promise<Response | undefined> {
  const wanted = normalize(join(folder, decoded(path)));
  const isInside = wanted.startsWith(folder + sep);
  const isFile = isInside && !wanted.includes("\0") && (await stat(wanted).catch(() => undefined))?.isFile();
  if (isFile) return fileResponse(wanted, path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
  if (/^\/assets\/|\.\w{2,5}$/.test(path)) return undefined;
  const page = join(folder, "index.html");
  return (await stat(page).catch(() => undefined))?.isFile() ? fileResponse(page, "no-cache") : undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "/";
  }
}

async function fileResponse(file: string, caching: string): Promise<Response> {
  const { size } = await stat(file);
  const headers = {
    "content-type": types[extname(file)] ?? "application/octet-stream",
    "content-length": String(size),
    "cache-control": caching,
  };
  return new Response(Readable.toWeb(createReadStream(file)) as ReadableStream, { headers });
}
