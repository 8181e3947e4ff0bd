import type { Role } from "../permissions.ts";

/** What somebody is in one workspace. */
export interface Membership {
  workspace: string;
  role: Role;
  person?: string; // who this member is among the people of the workspace
}

/** Whoever asks: a signed-in person, or a program with that person's token. */
export interface Caller {
  user: { id: string; name: string; email?: string; language: "en" | "zh" };
  via: { kind: "session"; sessionId: string } | { kind: "token"; tokenId: string };
  memberships: Membership[];
}

export interface Member {
  user: { id: string; name: string; email?: string };
  role: Role;
  person?: string;
  since: string;
}

/** A way in that worked: who it is, and the cookies that say so from now on. */
export interface Entered {
  userId: string;
  cookies: string[];
}
