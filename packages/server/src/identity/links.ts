import { and, desc, eq, gt, isNull } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Role } from "../permissions.ts";
import { newSecret, secretHash } from "./secrets.ts";
import * as tables from "./tables.ts";

export interface Invitation {
  id: string;
  workspace: string;
  role: Role;
  person?: string;
  madeBy: string;
  expiresAt: string;
  usedBy?: string;
}

/** Links that let somebody in, each once and for a time. */
export interface Links {
  invite(invitation: {
    workspace: string;
    role: Role;
    person?: string;
    madeBy: string;
    days: number;
  }): Promise<Invitation & { secret: string }>;
  invitations(workspace: string): Promise<Invitation[]>;
  /** The invitation of a secret that can still be accepted. */
  find(secret: string): Promise<Invitation | undefined>;
  /** Spends an invitation; false where somebody was faster. */
  spend(id: string, userId: string): Promise<boolean>;
  /** Takes an invitation back when what followed failed. */
  unspend(id: string): Promise<void>;
  withdraw(workspace: string, id: string): Promise<boolean>;
  /** A link that signs somebody in once. */
  forUser(userId: string, minutes: number): Promise<string>;
  /** Whose link this secret is; it is spent by asking. */
  spendForUser(secret: string): Promise<string | undefined>;
}

export function linksOf(database: NodePgDatabase): Links {
  const { link } = tables;
  const open = (secret: string, purpose: string) =>
    and(eq(link.secretHash, secretHash(secret)), eq(link.purpose, purpose), isNull(link.usedAt), gt(link.expiresAt, new Date()));
  return {
    invite: async ({ workspace, role, person, madeBy, days }) => {
      const secret = newSecret("wsi_");
      const [row] = await database
        .insert(link)
        .values({ ...fresh(secret, "join", days * 86_400), workspace, role, person, madeBy })
        .returning();
      return { ...asInvitation(row), secret };
    },
    invitations: async (workspace) => {
      const rows = await database
        .select()
        .from(link)
        .where(and(eq(link.workspace, workspace), eq(link.purpose, "join")))
        .orderBy(desc(link.createdAt));
      return rows.map(asInvitation);
    },
    find: async (secret) => {
      const [row] = await database.select().from(link).where(open(secret, "join"));
      return row && asInvitation(row);
    },
    spend: async (id, userId) => {
      const spent = await database
        .update(link)
        .set({ usedBy: userId, usedAt: new Date() })
        .where(and(eq(link.id, id), isNull(link.usedAt)))
        .returning({ id: link.id });
      return spent.length > 0;
    },
    unspend: async (id) => void (await database.update(link).set({ usedBy: null, usedAt: null }).where(eq(link.id, id))),
    withdraw: async (workspace, id) => {
      const gone = await database
        .delete(link)
        .where(and(eq(link.id, id), eq(link.workspace, workspace), isNull(link.usedAt)))
        .returning({ id: link.id });
      return gone.length > 0;
    },
    forUser: async (userId, minutes) => {
      const secret = newSecret("wsl_");
      await database.insert(link).values({ ...fresh(secret, "signIn", minutes * 60), forUser: userId });
      return secret;
    },
    spendForUser: async (secret) => {
      const [row] = await database
        .update(link)
        .set({ usedAt: new Date() })
        .where(open(secret, "signIn"))
        .returning({ forUser: link.forUser });
      return row?.forUser ?? undefined;
    },
  };
}

function fresh(secret: string, purpose: string, seconds: number) {
  return { id: crypto.randomUUID(), purpose, secretHash: secretHash(secret), expiresAt: new Date(Date.now() + seconds * 1000) };
}

function asInvitation(row: typeof tables.link.$inferSelect): Invitation {
  return {
    id: row.id,
    workspace: row.workspace!,
    role: row.role as Role,
    madeBy: row.madeBy!,
    expiresAt: row.expiresAt.toISOString(),
    ...(row.person ? { person: row.person } : {}),
    ...(row.usedBy ? { usedBy: row.usedBy } : {}),
  };
}
