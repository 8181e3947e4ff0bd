CREATE SCHEMA IF NOT EXISTS "watershed";
--> statement-breakpoint
CREATE TABLE "watershed"."change" (
	"workspace" text NOT NULL,
	"number" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"author" text NOT NULL,
	"action" text NOT NULL,
	"reason" text,
	"request_id" text,
	"hash" text NOT NULL,
	CONSTRAINT "change_workspace_number_pk" PRIMARY KEY("workspace","number")
);
--> statement-breakpoint
CREATE TABLE "watershed"."event" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace" text,
	"at" timestamp (3) with time zone NOT NULL,
	"author" text NOT NULL,
	"action" text NOT NULL,
	"details" json
);
--> statement-breakpoint
CREATE TABLE "watershed"."restored_row" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"schema" text NOT NULL,
	"table" text NOT NULL,
	"data" json NOT NULL,
	"claimed" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "watershed"."item_version" (
	"workspace" text NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"version" integer NOT NULL,
	"change" bigint NOT NULL,
	"place" double precision NOT NULL,
	"owner" text,
	"data" json,
	CONSTRAINT "item_version_workspace_kind_key_version_pk" PRIMARY KEY("workspace","kind","key","version"),
	CONSTRAINT "item_version_from_one" CHECK (version >= 1)
);
--> statement-breakpoint
CREATE TABLE "watershed"."visit" (
	"workspace" text NOT NULL,
	"author" text NOT NULL,
	"change" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "visit_workspace_author_pk" PRIMARY KEY("workspace","author")
);
--> statement-breakpoint
CREATE TABLE "watershed"."workspace" (
	"id" text PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL,
	"archived_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "watershed"."change" ADD CONSTRAINT "change_workspace_workspace_id_fk" FOREIGN KEY ("workspace") REFERENCES "watershed"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watershed"."visit" ADD CONSTRAINT "visit_workspace_workspace_id_fk" FOREIGN KEY ("workspace") REFERENCES "watershed"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "change_request" ON "watershed"."change" USING btree ("workspace","request_id") WHERE request_id is not null;--> statement-breakpoint
CREATE INDEX "change_at" ON "watershed"."change" USING btree ("workspace","at");--> statement-breakpoint
CREATE INDEX "event_at" ON "watershed"."event" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "item_version_change" ON "watershed"."item_version" USING btree ("workspace","change");