-- AlterTable
ALTER TABLE "operator_actions" ADD COLUMN "actor_id" TEXT;
ALTER TABLE "operator_actions" ADD COLUMN "address" TEXT;
ALTER TABLE "operator_actions" ADD COLUMN "request_id" TEXT;
