import { z } from "zod";
import type { House } from "../house.ts";
import { joinWorkspace } from "../join-workspace.ts";
import { Refusal } from "../refusal.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";
import { InvitationView, MemberView, Role, SessionView } from "../views.ts";
import { whoIs } from "../who.ts";
import { Email, Language, Name, Password, welcome } from "./session.ts";

const InWorkspace = z.object({ workspace: z.string() });
const OneMember = InWorkspace.extend({ user: z.string() });
const base = "/api/workspaces/:workspace";

export const memberRoutes: Route[] = [
  route({
    method: "get",
    path: `${base}/members`,
    summary: "Who is in the workspace, and as what",
    needs: "read",
    params: InWorkspace,
    answers: z.object({ members: z.array(MemberView) }),
    handle: async ({ house, params }) => {
      const members = await house.identity.teams.members(params.workspace);
      const told = members.map(({ user, person, ...rest }) => ({
        ...rest,
        user: { id: user.id, name: user.name, email: user.email ?? null },
        person: person ?? null,
      }));
      return { body: { members: told } };
    },
  }),
  route({
    method: "patch",
    path: `${base}/members/:user`,
    summary: "Gives a member another role, or says which of the people the member is",
    needs: "administer",
    params: OneMember,
    body: z.strictObject({ role: Role.optional(), person: z.string().optional() }),
    gives: "nothing",
    status: 204,
    handle: async ({ house, params, caller, body }) => {
      const { teams } = house.identity;
      await checkMember(house, params, body.role === "partner" || body.role === undefined);
      if (body.person !== undefined) await checkPerson(house, params.workspace, caller.user.id, body.person, params.user);
      await teams.change(params.workspace, params.user, body);
      await house.store.recordEvent({
        author: caller.user.id,
        workspace: params.workspace,
        action: "memberChanged",
        details: { user: params.user, ...body },
      });
      return { status: 204 };
    },
  }),
  route({
    method: "delete",
    path: `${base}/members/:user`,
    summary: "Takes a member out of the workspace; what the member stated stays",
    needs: "administer",
    params: OneMember,
    gives: "nothing",
    status: 204,
    handle: async ({ house, params, caller }) => {
      await checkMember(house, params, false);
      await house.identity.teams.leave(params.workspace, params.user);
      const { user, workspace } = params;
      await house.store.recordEvent({ author: caller.user.id, workspace, action: "memberRemoved", details: { user } });
      return { status: 204 };
    },
  }),
  route({
    method: "get",
    path: `${base}/invitations`,
    summary: "The invitations that were made; their links are shown only once, when they are made",
    needs: "administer",
    params: InWorkspace,
    answers: z.object({ invitations: z.array(InvitationView) }),
    handle: async ({ house, params }) => {
      const invitations = await house.identity.links.invitations(params.workspace);
      const who = await whoIs(
        house.identity,
        invitations.flatMap(({ madeBy, usedBy }) => [madeBy, usedBy]),
      );
      const told = invitations.map(({ id, role, person, madeBy, expiresAt, usedBy }) => ({
        id,
        role,
        person: person ?? null,
        invitedBy: who(madeBy),
        expiresAt,
        usedBy: who(usedBy),
      }));
      return { body: { invitations: told } };
    },
  }),
  route({
    method: "post",
    path: `${base}/invitations`,
    summary: "A link by which one person can join",
    needs: "administer",
    params: InWorkspace,
    body: z.strictObject({ role: Role, days: z.number().int().min(1).max(30).default(7), person: z.string().optional() }),
    answers: z.object({ id: z.string(), link: z.string(), token: z.string(), role: Role, expiresAt: z.string() }),
    status: 201,
    handle: async ({ house, params, caller, body }) => {
      if (body.person !== undefined) await checkPerson(house, params.workspace, caller.user.id, body.person);
      const made = await house.identity.links.invite({ ...body, workspace: params.workspace, madeBy: caller.user.id });
      const { id, role, expiresAt, secret } = made;
      await house.store.recordEvent({
        author: caller.user.id,
        workspace: params.workspace,
        action: "invited",
        details: { invitation: id, role },
      });
      return { status: 201, body: { id, role, expiresAt, token: secret, link: `${house.address.url}/join?invitation=${secret}` } };
    },
  }),
  route({
    method: "delete",
    path: `${base}/invitations/:invitation`,
    summary: "Withdraws an invitation that nobody has used",
    needs: "administer",
    params: InWorkspace.extend({ invitation: z.string() }),
    gives: "nothing",
    status: 204,
    handle: async ({ house, params }) => {
      if (!(await house.identity.links.withdraw(params.workspace, params.invitation))) throw new Refusal("notFound");
      return { status: 204 };
    },
  }),
  route({
    method: "get",
    path: "/api/invitations/:token",
    summary: "What an invitation is to",
    needs: "anyone",
    guarded: true,
    params: z.object({ token: z.string() }),
    answers: z.object({
      workspace: z.object({ name: z.union([z.string(), z.object({ en: z.string(), zh: z.string() })]) }),
      role: Role,
      invitedBy: z.object({ id: z.string(), name: z.string() }).nullable(),
      expiresAt: z.string(),
    }),
    handle: async ({ house, params }) => {
      const invitation = await house.identity.links.find(params.token);
      const workspace = (await house.store.listWorkspaces()).find(({ id }) => id === invitation?.workspace);
      if (!invitation || !workspace) throw new Refusal("invitationUnknown");
      const who = await whoIs(house.identity, [invitation.madeBy]);
      const { role, expiresAt, madeBy } = invitation;
      return { body: { workspace: { name: workspace.name }, role, invitedBy: who(madeBy), expiresAt } };
    },
  }),
  route({
    method: "post",
    path: "/api/invitations/:token/accept",
    summary: "Joins by an invitation: with a new account, or with the one that is signed in",
    needs: "anyone",
    guarded: true,
    params: z.object({ token: z.string() }),
    body: z.strictObject({
      name: Name.optional(),
      email: Email.optional(),
      password: Password.optional(),
      language: Language.default("en"),
    }),
    answers: SessionView,
    status: 201,
    handle: async ({ house, params, body, visitor }) => {
      const { links, accounts } = house.identity;
      const invitation = await links.find(params.token);
      if (!invitation) throw new Refusal("invitationUnknown");
      const { workspace, role, person } = invitation;
      if (visitor?.memberships.some((one) => one.workspace === workspace)) throw new Refusal("alreadyMember");
      const userId = visitor?.user.id ?? (await newAccount(house, body));
      if (!(await links.spend(invitation.id, userId))) throw new Refusal("invitationUnknown");
      const name = visitor?.user.name ?? body.name!;
      await joinWorkspace(house, workspace, { userId, name, role, person }).catch(async (error: unknown) => {
        await links.unspend(invitation.id);
        throw error;
      });
      await accounts.claimFor(userId, role);
      await house.store.recordEvent({ author: userId, workspace, action: "joined", details: { invitation: invitation.id, role } });
      return welcome(house, await accounts.enter(userId), 201);
    },
  }),
];

async function newAccount(house: House, body: { name?: string; email?: string; password?: string; language: string }): Promise<string> {
  const { name, email, password, language } = body;
  if (name === undefined || email === undefined || password === undefined)
    throw new Refusal("wrongCall", { problem: "name, email and password are needed for a new account" });
  const { userId, taken } = await house.identity.accounts.create({ name, email, password, language });
  if (taken || userId === undefined) throw new Refusal("emailTaken", { email });
  return userId;
}

/** Refuses where there is no such member, or where no partner would be left. */
async function checkMember({ identity }: House, place: { workspace: string; user: string }, staysPartner: boolean): Promise<void> {
  const members = await identity.teams.members(place.workspace);
  const member = members.find(({ user }) => user.id === place.user);
  if (!member) throw new Refusal("notFound");
  const partners = members.filter(({ role }) => role === "partner");
  if (!staysPartner && member.role === "partner" && partners.length === 1) throw new Refusal("lastPartner");
}

/** Refuses a person that is not there, or who is another member already. */
async function checkPerson({ shelf, identity }: House, workspace: string, viewer: string, person: string, user?: string): Promise<void> {
  const stored = await shelf.read(workspace, viewer);
  if (!stored?.workspace.people.some(({ id }) => id === person)) throw new Refusal("notFound");
  const members = await identity.teams.members(workspace);
  if (members.some((member) => member.person === person && member.user.id !== user)) throw new Refusal("exists", { id: person });
}
