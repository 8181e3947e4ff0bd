-- What was recorded stays as it was: held by the database itself, against any program and any hand.
-- Statement triggers that fire always, also for superusers and under session_replication_role = replica; the rights are revoked besides.

CREATE FUNCTION "watershed"."refuse_rewriting"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of watershed.% are never changed or removed, only followed by later ones', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "watershed"."change"
  FOR EACH STATEMENT EXECUTE FUNCTION "watershed"."refuse_rewriting"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "watershed"."item_version"
  FOR EACH STATEMENT EXECUTE FUNCTION "watershed"."refuse_rewriting"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "watershed"."event"
  FOR EACH STATEMENT EXECUTE FUNCTION "watershed"."refuse_rewriting"();
--> statement-breakpoint
CREATE TRIGGER "kept" BEFORE DELETE OR TRUNCATE ON "watershed"."workspace"
  FOR EACH STATEMENT EXECUTE FUNCTION "watershed"."refuse_rewriting"();
--> statement-breakpoint
CREATE FUNCTION "watershed"."only_archive"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.created_at, NEW.created_by) IS DISTINCT FROM (OLD.id, OLD.created_at, OLD.created_by) THEN
    RAISE EXCEPTION 'a workspace keeps its id and its beginning' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "only_archive" BEFORE UPDATE ON "watershed"."workspace"
  FOR EACH ROW EXECUTE FUNCTION "watershed"."only_archive"();
--> statement-breakpoint
-- Changes follow each other without a gap, and time does not run back.
CREATE FUNCTION "watershed"."next_change"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  SELECT number, at INTO last FROM watershed.change WHERE workspace = NEW.workspace ORDER BY number DESC LIMIT 1;
  IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW.at < last.at THEN
    RAISE EXCEPTION 'change % of workspace % does not follow the last one', NEW.number, NEW.workspace
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "next_change" BEFORE INSERT ON "watershed"."change"
  FOR EACH ROW EXECUTE FUNCTION "watershed"."next_change"();
--> statement-breakpoint
-- A version comes with its change, in one transaction, after the version before it; what is said once and for all has one version.
CREATE FUNCTION "watershed"."next_version"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind IN ('forecasts', 'assessments', 'decisions', 'resolutions') AND (NEW.version <> 1 OR NEW.data IS NULL) THEN
    RAISE EXCEPTION '% are never changed or removed, only followed by later ones', NEW.kind USING ERRCODE = 'restrict_violation';
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM watershed.change
    WHERE workspace = NEW.workspace AND number = NEW.change AND xmin = pg_current_xact_id()::xid
  ) THEN
    RAISE EXCEPTION 'change % of workspace % is closed', NEW.change, NEW.workspace USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.version > 1 AND NOT EXISTS (
    SELECT 1 FROM watershed.item_version
    WHERE workspace = NEW.workspace AND kind = NEW.kind AND key = NEW.key AND version = NEW.version - 1 AND change < NEW.change
  ) THEN
    RAISE EXCEPTION 'version % of % % does not follow the last one', NEW.version, NEW.kind, NEW.key USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "next_version" BEFORE INSERT ON "watershed"."item_version"
  FOR EACH ROW EXECUTE FUNCTION "watershed"."next_version"();
--> statement-breakpoint
ALTER TABLE "watershed"."change" ENABLE ALWAYS TRIGGER "append_only", ENABLE ALWAYS TRIGGER "next_change";
--> statement-breakpoint
ALTER TABLE "watershed"."item_version" ENABLE ALWAYS TRIGGER "append_only", ENABLE ALWAYS TRIGGER "next_version";
--> statement-breakpoint
ALTER TABLE "watershed"."event" ENABLE ALWAYS TRIGGER "append_only";
--> statement-breakpoint
ALTER TABLE "watershed"."workspace" ENABLE ALWAYS TRIGGER "kept", ENABLE ALWAYS TRIGGER "only_archive";
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON "watershed"."change", "watershed"."item_version", "watershed"."event" FROM PUBLIC, CURRENT_USER;
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON "watershed"."workspace" FROM PUBLIC, CURRENT_USER;
