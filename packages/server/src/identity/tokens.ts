import { and, desc, eq, gt } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Role } from "../permissions.ts";
import { newSecret, secretHash } from "./secrets.ts";
import * as tables from "./tables.ts";

export interface TokenCard {
  id: string;
  name: string;
  workspace: string;
  role: Role;
  expiresAt: string;
  usedAt?: string;
}

/** Personal access tokens: for one workspace, with a role, for a time. */
export interface Tokens {
  make(token: { userId: string; name: string; workspace: string; role: Role; days: number }): Promise<TokenCard & { secret: string }>;
  of(userId: string): Promise<TokenCard[]>;
  find(secret: string): Promise<(TokenCard & { userId: string }) | undefined>;
  revoke(userId: string, id: string): Promise<boolean>;
}

/** Milliseconds between two notes of when a token was last used: not every call is a write. */
const noteEvery = 60_000;

export function tokensOf(database: NodePgDatabase): Tokens {
  const { token } = tables;
  return {
    make: async ({ days, ...given }) => {
      const secret = newSecret("wsh_");
      const expiresAt = new Date(Date.now() + days * 86_400_000);
      const row = { ...given, id: crypto.randomUUID(), secretHash: secretHash(secret), expiresAt };
      const [made] = await database.insert(token).values(row).returning();
      return { ...asCard(made), secret };
    },
    of: async (userId) => {
      const rows = await database.select().from(token).where(eq(token.userId, userId)).orderBy(desc(token.createdAt));
      return rows.map(asCard);
    },
    find: async (secret) => {
      const now = new Date();
      const [row] = await database
        .select()
        .from(token)
        .where(and(eq(token.secretHash, secretHash(secret)), gt(token.expiresAt, now)));
      if (!row) return undefined;
      if (now.getTime() - (row.usedAt?.getTime() ?? 0) > noteEvery)
        await database.update(token).set({ usedAt: now }).where(eq(token.id, row.id));
      return { ...asCard(row), userId: row.userId };
    },
    revoke: async (userId, id) => {
      const gone = await database
        .delete(token)
        .where(and(eq(token.userId, userId), eq(token.id, id)))
        .returning({ id: token.id });
      return gone.length > 0;
    },
  };
}

function asCard(row: typeof tables.token.$inferSelect): TokenCard {
  return {
    id: row.id,
    name: row.name,
    workspace: row.workspace,
    role: row.role as Role,
    expiresAt: row.expiresAt.toISOString(),
    ...(row.usedAt ? { usedAt: row.usedAt.toISOString() } : {}),
  };
}
