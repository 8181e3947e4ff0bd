import { z } from "zod";
import { lesserRole } from "../permissions.ts";
import { Refusal } from "../refusal.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";
import type { TokenCard } from "../identity/tokens.ts";
import { Role, TokenView } from "../views.ts";

export const tokenRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/tokens",
    summary: "One's own access tokens, without their secrets",
    needs: "inPerson",
    answers: z.object({ tokens: z.array(TokenView) }),
    handle: async ({ house, caller }) => ({ body: { tokens: (await house.identity.tokens.of(caller.user.id)).map(told) } }),
  }),
  route({
    method: "post",
    path: "/api/tokens",
    summary: "A new access token for programs: of one workspace, at most with one's own role; shown once",
    needs: "inPerson",
    body: z.strictObject({
      name: z.string().trim().min(1).max(120),
      workspace: z.string(),
      role: Role,
      days: z.number().int().min(1).max(365).default(90),
    }),
    answers: TokenView.extend({ token: z.string() }),
    status: 201,
    handle: async ({ house, caller, body }) => {
      const membership = caller.memberships.find(({ workspace }) => workspace === body.workspace);
      if (!membership) throw new Refusal("notFound");
      if (lesserRole(membership.role, body.role) !== body.role) throw new Refusal("roleTooHigh", { role: membership.role });
      const { secret, ...card } = await house.identity.tokens.make({ ...body, userId: caller.user.id });
      const details = { token: card.id, name: body.name, role: body.role };
      await house.store.recordEvent({ author: caller.user.id, workspace: body.workspace, action: "tokenMade", details });
      return { status: 201, body: { ...told(card), token: secret } };
    },
  }),
  route({
    method: "delete",
    path: "/api/tokens/:token",
    summary: "Ends an access token at once",
    needs: "inPerson",
    params: z.object({ token: z.string() }),
    gives: "nothing",
    status: 204,
    handle: async ({ house, caller, params }) => {
      if (!(await house.identity.tokens.revoke(caller.user.id, params.token))) throw new Refusal("notFound");
      return { status: 204 };
    },
  }),
];

function told({ id, name, workspace, role, expiresAt, usedAt }: TokenCard): z.input<typeof TokenView> {
  return { id, name, workspace, role, expiresAt, usedAt: usedAt ?? null };
}
