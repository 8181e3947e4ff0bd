import { createHash, randomBytes } from "node:crypto";

/** A new secret of 256 bits for a link or a token, told once; `prefix` lets a reader and a scanner of leaked secrets know what it is. */
export function newSecret(prefix: string): string {
  return `${prefix}${randomBytes(32).toString("base64url")}`;
}

/** What is kept of a secret. It has 256 bits of chance, so that a plain hash cannot be tried out. */
export function secretHash(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
