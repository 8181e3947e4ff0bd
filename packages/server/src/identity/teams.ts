import { and, asc, eq } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { lesserRole } from "../permissions.ts";
import type { Role } from "../permissions.ts";
import type { Member, Membership } from "./caller.ts";
import type { SignIn } from "./sign-in.ts";
import * as tables from "./tables.ts";

/** The team of every workspace: who is in it, as what, and as which of the workspace's people. */
export interface Teams {
  of(userId: string): Promise<Membership[]>;
  /** What of somebody's memberships a token carries. */
  limited(memberships: Membership[], token: { workspace: string; role: Role }): Membership[];
  members(workspace: string): Promise<Member[]>;
  /** Makes the team of a workspace, its first partner in it. */
  found(workspace: string, owner: string, person?: string): Promise<void>;
  join(workspace: string, userId: string, role: Role, person?: string): Promise<void>;
  change(workspace: string, userId: string, change: { role?: Role; person?: string }): Promise<void>;
  leave(workspace: string, userId: string): Promise<void>;
  dissolve(workspace: string): Promise<void>;
}

export function teamsOf(database: NodePgDatabase, signIn: SignIn): Teams {
  const { member, organization } = tables;
  const idOf = async (workspace: string): Promise<string> => {
    const [row] = await database.select({ id: organization.id }).from(organization).where(eq(organization.slug, workspace));
    if (!row) throw new Error(`the workspace ${workspace} has no team`);
    return row.id;
  };
  const place = async (workspace: string, userId: string) =>
    and(eq(member.organizationId, await idOf(workspace)), eq(member.userId, userId));
  const change: Teams["change"] = async (workspace, userId, fields) => {
    if (Object.keys(fields).length > 0)
      await database
        .update(member)
        .set(fields)
        .where(await place(workspace, userId));
  };
  return {
    of: async (userId) => {
      const rows = await database
        .select({ workspace: organization.slug, role: member.role, person: member.person })
        .from(member)
        .innerJoin(organization, eq(organization.id, member.organizationId))
        .where(eq(member.userId, userId));
      return rows.map(({ workspace, role, person }) => ({ workspace, role: role as Role, ...(person ? { person } : {}) }));
    },
    limited: (memberships, token) =>
      memberships
        .filter(({ workspace }) => workspace === token.workspace)
        .map((membership) => ({ ...membership, role: lesserRole(membership.role, token.role) })),
    members: (workspace) => membersOf(database, workspace),
    found: async (workspace, owner, person) => {
      await signIn.api.createOrganization({ body: { name: workspace, slug: workspace, userId: owner } });
      await change(workspace, owner, { role: "partner", ...(person ? { person } : {}) });
    },
    join: async (workspace, userId, role, person) => {
      await signIn.api.addMember({ body: { userId, organizationId: await idOf(workspace), role } });
      if (person) await change(workspace, userId, { person });
    },
    change,
    dissolve: async (workspace) => {
      await database.delete(organization).where(eq(organization.slug, workspace));
    },
    leave: async (workspace, userId) => {
      await database.delete(member).where(await place(workspace, userId));
    },
  };
}

async function membersOf(database: NodePgDatabase, workspace: string): Promise<Member[]> {
  const { member, organization, user } = tables;
  const rows = await database
    .select({ id: user.id, name: user.name, email: user.email, role: member.role, person: member.person, since: member.createdAt })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(organization.slug, workspace))
    .orderBy(asc(member.createdAt));
  return rows.map(({ id, name, email, role, person, since }) => ({
    user: { id, name, ...(email.endsWith("@nobody.invalid") ? {} : { email }) },
    role: role as Role,
    ...(person ? { person } : {}),
    since: since.toISOString(),
  }));
}
