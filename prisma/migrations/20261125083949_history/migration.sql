-- AlterTable
ALTER TABLE "checks" ADD COLUMN "sketch" BLOB;

-- CreateTable
CREATE TABLE "kept_failures" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "provider" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "class" INTEGER NOT NULL,
    "source" INTEGER NOT NULL,
    "model" INTEGER,
    "latency" INTEGER,
    "dns" INTEGER,
    "connect" INTEGER,
    "tls" INTEGER,
    "first_byte" INTEGER,
    "http_status" INTEGER,
    "kind" INTEGER,
    "message" INTEGER,
    "count" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "rollups" (
    "tier" INTEGER NOT NULL,
    "provider" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "source" INTEGER NOT NULL,
    "model" INTEGER NOT NULL DEFAULT 0,
    "ok" BIGINT NOT NULL DEFAULT 0,
    "provider_error" BIGINT NOT NULL DEFAULT 0,
    "rate_limited" BIGINT NOT NULL DEFAULT 0,
    "credentials" BIGINT NOT NULL DEFAULT 0,
    "client_error" BIGINT NOT NULL DEFAULT 0,
    "cancelled" BIGINT NOT NULL DEFAULT 0,
    "internal" BIGINT NOT NULL DEFAULT 0,
    "slow" BIGINT NOT NULL DEFAULT 0,
    "latency_sum" BIGINT NOT NULL DEFAULT 0,
    "latency_min" INTEGER,
    "latency_max" INTEGER,

    PRIMARY KEY ("provider", "tier", "at", "source", "model")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "rollup_sketches" (
    "tier" INTEGER NOT NULL,
    "provider" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "source" INTEGER NOT NULL,
    "model" INTEGER NOT NULL DEFAULT 0,
    "sketch" BLOB NOT NULL,

    PRIMARY KEY ("provider", "tier", "at", "source", "model")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "rollup_marks" (
    "tier" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" BIGINT NOT NULL,
    "provider" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "late_minutes" (
    "provider" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,

    PRIMARY KEY ("provider", "at")
);

-- CreateTable
CREATE TABLE "outcome_parts" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "from" BIGINT NOT NULL,
    "to" BIGINT NOT NULL,
    "data" BLOB NOT NULL
);

-- CreateTable
CREATE TABLE "outcome_blocks" (
    "provider" INTEGER NOT NULL,
    "hour" BIGINT NOT NULL,
    "outcomes" INTEGER NOT NULL,
    "approximate" INTEGER NOT NULL,
    "last_part" INTEGER NOT NULL,
    "data" BLOB NOT NULL,

    PRIMARY KEY ("provider", "hour")
);

-- CreateTable
CREATE TABLE "markers" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT,
    "url" TEXT,
    "actor" TEXT NOT NULL,
    "provider_id" TEXT
);

-- CreateIndex
CREATE INDEX "kept_failures_provider_at_idx" ON "kept_failures"("provider", "at");

-- CreateIndex
CREATE INDEX "markers_at_idx" ON "markers"("at");
