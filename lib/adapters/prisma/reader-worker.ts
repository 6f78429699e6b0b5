// The thread that reads, so that charts never wait for what is written. It also has the log carried over.
import type { PrismaClient } from '#prisma/generated/client.ts'
import { startCheckpoints } from './checkpoints.ts'
import { openForReading } from './client.ts'
import { readAudit } from './read-audit.ts'
import { readChecks, readChecksSince } from './read-checks.ts'
import { readDecision, readDecisions } from './read-decisions.ts'
import { readEvents, readOpeningsSince, readStateBefore } from './read-events.ts'
import { readDeliveries, readDelivery, readIncident, readIncidents } from './read-incidents.ts'
import { readHistory } from './read-history.ts'
import { readRestored } from './read-restored.ts'
import { readSettingsVersion, readSettingsVersions } from './read-settings.ts'
import type { Questions, ReaderRequest, RestoreRequest } from './reader-requests.ts'
import { serveRequests } from './serve-requests.ts'
import { say, setup } from './worker-messages.ts'

/** Warnings given before are not given again, up to this many. */
const MOST_WARNINGS = 1_000

const client: PrismaClient = openForReading(setup.path)
const warned = new Set<string>()
/** Begun with the first question: before it, others may still be at work on the file. */
let stopCheckpoints: (() => Promise<void>) | null = null

function warn(message: string) {
  if (warned.has(message) || warned.size >= MOST_WARNINGS) return
  warned.add(message)
  say({ type: 'warning', message })
}

type Answers = {
  [Ask in keyof Questions]: (...args: Parameters<Questions[Ask]>) => ReturnType<Questions[Ask]>
}

const answers: Answers = {
  checks: (query) => readChecks(client, query, warn),
  history: (query) => readHistory(client, query),
  events: (query) => readEvents(client, query, warn),
  stateBefore: (query) => readStateBefore(client, query, warn),
  settingsVersions: (page) => readSettingsVersions(client, page, warn),
  settingsVersion: (version) => readSettingsVersion(client, version, warn),
  audit: (query) => readAudit(client, query, warn),
  decisions: (query) => readDecisions(client, query, warn),
  decision: (id) => readDecision(client, id, warn),
  incidents: (query) => readIncidents(client, query, warn),
  incident: (id) => readIncident(client, id, warn),
  deliveries: (query) => readDeliveries(client, query, warn),
  delivery: (id) => readDelivery(client, id, warn),
  openingsSince: (since) => readOpeningsSince(client, since),
  checksSince: (since, afterId, limit) => readChecksSince(client, { since, afterId, limit }, warn),
}

function answer({ ask, args }: ReaderRequest | RestoreRequest): Promise<unknown> {
  stopCheckpoints ??= startCheckpoints(setup.path)
  if (ask === 'restored') return readRestored(client)
  // The request's type pairs each question with its arguments, which this call cannot follow.
  return (answers[ask] as (...args: unknown[]) => Promise<unknown>)(...args)
}

serveRequests(
  (request) => answer(request as ReaderRequest | RestoreRequest),
  async () => {
    await client.$disconnect()
    // Last, since the last connection that may write leaves no log behind.
    await stopCheckpoints?.()
  },
)
