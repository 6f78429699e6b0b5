-- CreateTable
CREATE TABLE "providers" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "base_url" TEXT NOT NULL,
    "key" JSONB NOT NULL,
    "headers" JSONB NOT NULL,
    "api_version" TEXT,
    "region" TEXT,
    "coordinates" JSONB,
    "models" JSONB NOT NULL,
    "tags" JSONB NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "weight" REAL NOT NULL,
    "priority" INTEGER NOT NULL,
    "max_concurrency" INTEGER,
    "probe" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" BIGINT NOT NULL,
    "updated_at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "circuits" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "provider_id" TEXT NOT NULL,
    "model" TEXT,
    "jitter_key" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "since" BIGINT NOT NULL,
    "consecutive_failures" INTEGER NOT NULL,
    "openings" INTEGER NOT NULL,
    "opened_at" BIGINT,
    "retry_at" BIGINT,
    "next_lease_id" INTEGER NOT NULL,
    "trials_succeeded" INTEGER NOT NULL,
    "completions_only" BOOLEAN NOT NULL,
    "cooling" JSONB,
    "override" JSONB,
    "last_errors" JSONB NOT NULL
);

-- CreateTable
CREATE TABLE "health_averages" (
    "provider_id" TEXT NOT NULL PRIMARY KEY,
    "averages" JSONB NOT NULL,
    "last_check_at" BIGINT,
    "spent_day" TEXT,
    "spent_usd" REAL
);

-- CreateTable
CREATE TABLE "transitions" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "provider_id" TEXT NOT NULL,
    "model" TEXT,
    "at" BIGINT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "evidence" JSONB NOT NULL,
    "actor" TEXT NOT NULL,
    "reason" TEXT,
    "generation" INTEGER NOT NULL,
    "retry_at" BIGINT
);

-- CreateTable
CREATE TABLE "circuit_events" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "provider_id" TEXT NOT NULL,
    "model" TEXT,
    "at" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "event" JSONB NOT NULL
);

-- CreateTable
CREATE TABLE "operator_actions" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "provider_id" TEXT,
    "model" TEXT,
    "summary" TEXT NOT NULL,
    "reason" TEXT,
    "before" JSONB,
    "after" JSONB
);

-- CreateTable
CREATE TABLE "settings_versions" (
    "version" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" BIGINT NOT NULL,
    "actor" TEXT NOT NULL,
    "reason" TEXT,
    "settings" JSONB NOT NULL
);

-- CreateTable
CREATE TABLE "checks" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "provider" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "class" INTEGER,
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
    "skipped" INTEGER
);

-- CreateTable
CREATE TABLE "check_names" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "last_used_at" BIGINT NOT NULL DEFAULT 0
);

-- CreateIndex
CREATE INDEX "circuits_provider_id_idx" ON "circuits"("provider_id");

-- CreateIndex
CREATE INDEX "transitions_at_idx" ON "transitions"("at");

-- CreateIndex
CREATE INDEX "transitions_provider_id_at_idx" ON "transitions"("provider_id", "at");

-- CreateIndex
CREATE INDEX "circuit_events_at_idx" ON "circuit_events"("at");

-- CreateIndex
CREATE INDEX "circuit_events_provider_id_at_idx" ON "circuit_events"("provider_id", "at");

-- CreateIndex
CREATE INDEX "operator_actions_at_idx" ON "operator_actions"("at");

-- CreateIndex
CREATE INDEX "operator_actions_provider_id_at_idx" ON "operator_actions"("provider_id", "at");

-- CreateIndex
CREATE INDEX "checks_by_provider" ON "checks"("provider", "at", "class", "latency", "source", "model");

-- CreateIndex
CREATE INDEX "check_names_type_last_used_at_idx" ON "check_names"("type", "last_used_at");

-- CreateIndex
CREATE UNIQUE INDEX "check_names_type_name_key" ON "check_names"("type", "name");
