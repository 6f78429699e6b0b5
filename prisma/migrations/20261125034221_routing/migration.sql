-- CreateTable
CREATE TABLE "routes" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "document" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" BIGINT NOT NULL,
    "updated_at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "client_keys" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "routes" JSONB,
    "requests_per_minute" INTEGER,
    "tokens_per_minute" INTEGER,
    "created_at" BIGINT NOT NULL,
    "last_used_at" BIGINT
);

-- CreateTable
CREATE TABLE "decisions" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL,
    "request_id" TEXT,
    "route" TEXT NOT NULL,
    "provider" TEXT,
    "providers" TEXT NOT NULL,
    "failed" BOOLEAN NOT NULL,
    "failed_over" BOOLEAN NOT NULL,
    "panic" BOOLEAN NOT NULL,
    "document" JSONB NOT NULL
);

-- CreateTable
CREATE TABLE "decision_counts" (
    "route" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "reason_code" TEXT NOT NULL,
    "count" BIGINT NOT NULL,

    PRIMARY KEY ("route", "provider", "reason_code")
);

-- AlterTable
-- Written by hand: the engine would copy the whole table, which may hold millions of rows, only to add a column.
ALTER TABLE "checks" ADD COLUMN "count" INTEGER NOT NULL DEFAULT 1;
DROP INDEX "checks_by_provider";
CREATE INDEX "checks_by_provider" ON "checks"("provider", "at", "class", "latency", "source", "model", "count");

-- CreateIndex
CREATE UNIQUE INDEX "client_keys_hash_key" ON "client_keys"("hash");

-- CreateIndex
CREATE INDEX "decisions_by_time" ON "decisions"("at", "id", "route", "failed", "providers");

-- CreateIndex
CREATE INDEX "decisions_request_id_idx" ON "decisions"("request_id");
