/** The roles of a member of a workspace. */
export const roles = ["partner", "analyst", "observer"] as const;
export type Role = (typeof roles)[number];

/** Who may do what in a workspace: the whole of it, and the only place that says so. */
const allowed = {
  read: ["partner", "analyst", "observer"],
  research: ["partner", "analyst"], // what is known, asked, believed and planned
  decide: ["partner"], // decisions, answers of the world, holdings, people, settings
  readAudit: ["partner", "analyst"],
  export: ["partner", "analyst"],
  askJobs: ["partner", "analyst"],
  administer: ["partner"], // members, invitations, the workspace itself
} as const satisfies Record<string, readonly Role[]>;
export type Capability = keyof typeof allowed;

/**
 * What a route asks of a caller: nothing; to be signed in, by token or session; to be there in person, with a session of a browser;
 * or a capability in the workspace that the path names.
 */
export type Need = "anyone" | "signedIn" | "inPerson" | Capability;

/** Whether a role carries a capability. */
export function mayDo(role: Role, capability: Capability): boolean {
  return (allowed[capability] as readonly Role[]).includes(role);
}

/** The lesser of two roles: a token never carries more than its owner has now. */
export function lesserRole(one: Role, other: Role): Role {
  return roles[Math.max(roles.indexOf(one), roles.indexOf(other))];
}

/** The roles that carry a capability, most first. */
export function rolesWith(capability: Capability): Role[] {
  return [...allowed[capability]];
}
