import { boolean, index, integer, jsonb, pgSchema, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";

/** Who may come in, and as what: a schema of its own beside the tables of the workspaces. */
export const auth = pgSchema("auth");

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const user = auth.table("user", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  email: text("email").notNull().unique(),
  emailVerified: boolean("email_verified").notNull().default(false),
  image: text("image"),
  language: text("language"),
  createdAt: moment("created_at").notNull().defaultNow(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

const ofUser = () => text("user_id");

export const session = auth.table(
  "session",
  {
    id: text("id").primaryKey(),
    token: text("token").notNull().unique(),
    userId: ofUser()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    expiresAt: moment("expires_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    activeOrganizationId: text("active_organization_id"),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [index("session_of_user").on(table.userId)],
);

export const account = auth.table(
  "account",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    userId: ofUser()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: moment("access_token_expires_at"),
    refreshTokenExpiresAt: moment("refresh_token_expires_at"),
    scope: text("scope"),
    password: text("password"),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [index("account_of_user").on(table.userId)],
);

export const verification = auth.table("verification", {
  id: text("id").primaryKey(),
  identifier: text("identifier").notNull(),
  value: text("value").notNull(),
  expiresAt: moment("expires_at").notNull(),
  createdAt: moment("created_at").notNull().defaultNow(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

/** The team of one workspace; the slug is the workspace's id. */
export const organization = auth.table("organization", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  slug: text("slug").notNull().unique(),
  logo: text("logo"),
  metadata: text("metadata"),
  createdAt: moment("created_at").notNull().defaultNow(),
});

export const member = auth.table(
  "member",
  {
    id: text("id").primaryKey(),
    organizationId: text("organization_id")
      .notNull()
      .references(() => organization.id, { onDelete: "cascade" }),
    userId: ofUser()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    role: text("role").notNull(),
    person: text("person"), // id of the person in the workspace who this member is
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [uniqueIndex("member_once").on(table.organizationId, table.userId)],
);

/** The library's own invitations go by e-mail address; it wants the table, ours are links. */
export const invitation = auth.table("invitation", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id")
    .notNull()
    .references(() => organization.id, { onDelete: "cascade" }),
  email: text("email").notNull(),
  role: text("role"),
  status: text("status").notNull(),
  expiresAt: moment("expires_at").notNull(),
  createdAt: moment("created_at").notNull().defaultNow(),
  inviterId: text("inviter_id")
    .notNull()
    .references(() => user.id, { onDelete: "cascade" }),
});

/** Links that let somebody in: to join a workspace, or once into an account. Only the hash of a link's secret is kept. */
export const link = auth.table("link", {
  id: text("id").primaryKey(),
  purpose: text("purpose").notNull(), // join, signIn
  secretHash: text("secret_hash").notNull().unique(),
  workspace: text("workspace"),
  role: text("role"),
  person: text("person"),
  madeBy: text("made_by"),
  forUser: text("for_user"),
  expiresAt: moment("expires_at").notNull(),
  usedBy: text("used_by"),
  usedAt: moment("used_at"),
  createdAt: moment("created_at").notNull().defaultNow(),
});

/** Personal access tokens; only the hash is kept. */
export const token = auth.table(
  "token",
  {
    id: text("id").primaryKey(),
    secretHash: text("secret_hash").notNull().unique(),
    name: text("name").notNull(),
    userId: ofUser()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    workspace: text("workspace").notNull(),
    role: text("role").notNull(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [index("token_of_user").on(table.userId)],
);

/** What is true of this installation once: its secret, its first owner. */
export const installation = auth.table("installation", {
  name: text("name").primaryKey(),
  content: text("content").notNull(),
  createdAt: moment("created_at").notNull().defaultNow(),
});

/** Long work that was asked for; the queue itself belongs to pg-boss. */
export const work = auth.table(
  "work",
  {
    id: text("id").primaryKey(),
    workspace: text("workspace").notNull(),
    task: text("task").notNull(),
    options: jsonb("options").notNull(),
    change: integer("change").notNull(),
    askedBy: text("asked_by").notNull(),
    state: text("state").notNull(), // queued, running, done, failed, cancelled
    attempts: integer("attempts").notNull().default(0),
    result: jsonb("result"),
    problem: jsonb("problem"),
    askedAt: moment("asked_at").notNull().defaultNow(),
    endedAt: moment("ended_at"),
  },
  (table) => [index("work_of_workspace").on(table.workspace, table.askedAt)],
);
