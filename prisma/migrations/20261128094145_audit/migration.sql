-- CreateTable
CREATE TABLE "audit" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "actor" TEXT NOT NULL,
    "actor_id" TEXT,
    "address" TEXT,
    "request_id" TEXT,
    "action" TEXT NOT NULL,
    "entity_type" TEXT,
    "entity_id" TEXT,
    "provider_id" TEXT,
    "model" TEXT,
    "outcome" TEXT NOT NULL,
    "of_fleet" BOOLEAN NOT NULL,
    "summary" TEXT NOT NULL,
    "reason" TEXT,
    "before" TEXT,
    "after" TEXT,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL
);

-- CopyRows
-- Written by hand, as is all that follows but the indexes. What operators did so far goes to the chain's beginning; its
-- hashes are made when the migrations are through (lib/adapters/prisma/seal-audit.ts), because SQLite has none to offer.
INSERT INTO "audit"
SELECT
    row_number() OVER (ORDER BY "at", "id"),
    "id", "at", "actor", "actor_id", "address", "request_id", "action",
    CASE substr("action", 1, instr("action", '.') - 1)
        WHEN 'circuit' THEN 'circuit'
        WHEN 'settings' THEN 'settings'
        WHEN 'route' THEN 'route'
        WHEN 'client-key' THEN 'client-key'
        WHEN 'data' THEN 'database'
        ELSE CASE WHEN "provider_id" IS NULL THEN NULL ELSE 'provider' END
    END,
    CASE substr("action", 1, instr("action", '.') - 1)
        WHEN 'circuit' THEN "provider_id" || CASE WHEN "model" IS NULL THEN '' ELSE '/' || "model" END
        WHEN 'settings' THEN coalesce("after" ->> 'version', '')
        WHEN 'route' THEN coalesce("after" ->> 'name', "before" ->> 'name', '')
        WHEN 'client-key' THEN coalesce("after" ->> 'id', "before" ->> 'id', '')
        WHEN 'data' THEN coalesce("after" ->> 'file', '')
        ELSE "provider_id"
    END,
    "provider_id", "model", 'done', 1, "summary", "reason", "before", "after", '', ''
FROM "operator_actions";

-- DropTable
DROP TABLE "operator_actions";

-- CreateIndex
CREATE UNIQUE INDEX "audit_id_key" ON "audit"("id");

-- CreateIndex
CREATE INDEX "audit_at_idx" ON "audit"("at");

-- CreateIndex
CREATE INDEX "audit_of_fleet_at_idx" ON "audit"("of_fleet", "at");

-- CreateIndex
CREATE INDEX "audit_provider_id_at_idx" ON "audit"("provider_id", "at");

-- CreateTrigger
-- The next entry and no other: its number and the hash before it are those of the chain's end. An id that is there
-- already is refused here, because INSERT OR REPLACE would take the old row away without asking the triggers below.
CREATE TRIGGER "audit_goes_on" BEFORE INSERT ON "audit"
WHEN NEW."hash" = ''
    OR NEW."number" <> (SELECT coalesce(max("number"), 0) + 1 FROM "audit")
    OR NEW."previous_hash" <> coalesce((SELECT "hash" FROM "audit" ORDER BY "number" DESC LIMIT 1), '')
    OR EXISTS (SELECT 1 FROM "audit" WHERE "id" = NEW."id")
BEGIN
    SELECT RAISE(ABORT, 'the audit only goes on where it ended');
END;

-- CreateTrigger
CREATE TRIGGER "audit_keeps_what_is" BEFORE UPDATE ON "audit"
WHEN OLD."hash" <> ''
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;

-- CreateTrigger
CREATE TRIGGER "audit_keeps_all" BEFORE DELETE ON "audit"
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
