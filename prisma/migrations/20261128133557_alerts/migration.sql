-- CreateTable
CREATE TABLE "alert_rules" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "document" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" BIGINT NOT NULL,
    "updated_at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "channels" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "settings" JSONB NOT NULL,
    "secrets" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" BIGINT NOT NULL,
    "updated_at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "silences" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "document" JSONB NOT NULL,
    "created_at" BIGINT NOT NULL,
    "ends_at" BIGINT
);

-- CreateTable
CREATE TABLE "incidents" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "state" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "started_at" BIGINT NOT NULL,
    "resolved_at" BIGINT,
    "document" JSONB NOT NULL
);

-- CreateTable
CREATE TABLE "incident_events" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "incident_id" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "actor" TEXT,
    "text" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "incident_id" TEXT,
    "channel_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "notification" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "next_attempt_at" BIGINT,
    "created_at" BIGINT NOT NULL,
    "ended_at" BIGINT,
    "last_result" JSONB
);

-- CreateIndex
CREATE INDEX "incidents_resolved_at_started_at_idx" ON "incidents"("resolved_at", "started_at");

-- CreateIndex
CREATE INDEX "incidents_started_at_idx" ON "incidents"("started_at");

-- CreateIndex
CREATE INDEX "incident_events_incident_id_id_idx" ON "incident_events"("incident_id", "id");

-- CreateIndex
CREATE INDEX "deliveries_state_created_at_idx" ON "deliveries"("state", "created_at");

-- CreateIndex
CREATE INDEX "deliveries_incident_id_created_at_idx" ON "deliveries"("incident_id", "created_at");

-- CreateIndex
CREATE INDEX "deliveries_channel_id_state_idx" ON "deliveries"("channel_id", "state");
