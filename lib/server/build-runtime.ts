import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { createBus } from '#lib/services/bus.ts'
import type { Engine } from '#lib/services/engine.ts'
import { emptyEntry } from '#lib/services/drive-circuit.ts'
import { createFleet } from '#lib/services/fleet.ts'
import type { SelfWatch } from '#lib/services/judge-call.ts'
import type { Journal, Prober, Secrets, Storage } from '#lib/services/ports.ts'
import { countingAudit, newAuditCounts } from '#lib/services/metrics/audit-counts.ts'
import { recordAudit } from '#lib/services/record-audit.ts'
import { readRow } from '#lib/services/read-row.ts'
import { recount } from '#lib/services/recount.ts'
import { restoreFleet } from '#lib/services/restore-fleet.ts'
import { createRouting } from '#lib/services/routing/routing.ts'
import { recordTraffic } from '#lib/services/observe-outcome.ts'
import { type AlertingWorld, createAlerting } from '#lib/services/alerts/alerting.ts'
import { hearFleet } from '#lib/services/alerts/hear-fleet.ts'
import { watchAlerts, writeIncidents } from '#lib/services/alerts/watch-alerts.ts'
import { apiKeysOf } from '#lib/services/access/api-keys.ts'
import { clientKeysOf } from '#lib/services/routing/client-keys.ts'
import { expirePermits } from '#lib/services/routing/end-permit.ts'
import { stopRecording } from '#lib/services/save-outcomes.ts'
import { advanceFleet, saveAverages } from '#lib/services/advance-fleet.ts'
import { watchAlertsBy } from './alert-watch.ts'
import type { Access } from './access/access.ts'
import type { FleetClock } from './clock.ts'
import type { ServerEnv } from './env.ts'
import { hearOwnHealth } from './hear-own-health.ts'
import { keepHouse } from './housekeeping.ts'
import { createIdempotency } from './idempotency.ts'
import { createIds } from './ids.ts'
import { sha256 } from '#lib/adapters/secrets/sha256.ts'
import type { PruningJournal } from '#lib/adapters/storage/journal.ts'
import { createLiveHub, type Timers } from './live-hub.ts'
import type { Logger } from './log.ts'
import { createLoopDelay } from './loop-delay.ts'
import { createRefusals } from './refusals.ts'
import type { Phase, Runtime } from './runtime.ts'
import { createScheduler } from './scheduler.ts'
import { watchSelfHealth } from './self-health.ts'

/** How long the start waits for the database's first write. */
const FIRST_WRITE_MS = 3_000
/** How long checks under way may take while stopping. */
const LAST_CHECKS_MS = 1_000
/** How long writing what waits may take while stopping. */
const LAST_WRITES_MS = 2_000

/** The world outside, opened: what a runtime is built on. */
export type World = {
  clock: FleetClock
  storage: Storage & { journal: PruningJournal }
  prober: Prober
  askCanary: SelfWatch['askCanary']
  secrets: Secrets
  /** What alerting reaches: channels, calendars, the console's own address. */
  alerting: Omit<AlertingWorld, 'selfHealth'>
  /** How people and machines are told apart. */
  accessOf: (engine: Engine) => Access
  random: () => number
  log: Logger
  version: string
}

const timers: Timers = {
  soon: (run) => void setImmediate(run),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** Builds the live objects, restores what was kept, and begins to check. */
export async function buildRuntime(world: World, env: Pick<ServerEnv, 'schedulerOn'>): Promise<Runtime> {
  const { clock, log, version } = world
  const { reader, replayer, restored } = world.storage
  const auditCounts = newAuditCounts()
  const journal = countingAudit(world.storage.journal, auditCounts)
  const bootId = randomBytes(6).toString('hex')
  const bus = createBus()
  const newId = createIds(() => clock.now(), bootId.slice(0, 4))
  const fleet = createFleet({ clock, bus, journal, newId })
  const loop = createLoopDelay(() => clock.now())
  const health = watchSelfHealth({
    now: () => clock.now(),
    startedAt: clock.now(),
    version,
    schedulerOn: env.schedulerOn,
    hasCanary: world.askCanary !== null,
    journalStatus: () => journal.status(),
    maxLoopDelaySince: loop.maxDelaySince,
  })
  const selfWatch: SelfWatch = {
    wallNow: Date.now,
    maxLoopDelaySince: loop.maxDelaySince,
    askCanary: world.askCanary,
  }
  const scheduler = createScheduler({
    fleet,
    world: { ...selfWatch, prober: world.prober },
    random: world.random,
    isOn: env.schedulerOn,
    onFault: (err, providerId) => log.error({ err, providerId }, 'a check failed by our own fault'),
  })
  restoreFleet(fleet, restored)
  for (const warning of restored.warnings) log.warn({ warning }, 'a stored row was left out')
  const engine: Engine = {
    clock,
    fleet,
    routing: createRouting({
      keep: (decision) => journal.appendDecision(decision),
      routes: restored.routes,
      counts: restored.decisionCounts,
    }),
    world: {
      ...selfWatch,
      random: world.random,
      nowUs: () => performance.now() * 1_000,
      newToken: () => randomBytes(24).toString('base64url'),
    },
    journal,
    reader,
    data: world.storage.data,
    replayer,
    secrets: world.secrets,
    sha256,
    clientKeys: clientKeysOf(restored.clientKeys),
    apiKeys: apiKeysOf(restored.apiKeys),
    scheduler,
    alerting: createAlerting({
      restored: restored.alerting,
      world: { ...world.alerting, selfHealth: health.read },
      journal,
      clock,
      random: world.random,
      after: timers.after,
    }),
    bus,
    wait: (ms) => delay(ms, undefined, { ref: false }),
    newId,
    bootId,
    streamSeq: () => hub.seq(),
  }
  const hub = createLiveHub({
    bus,
    now: () => clock.now(),
    bootId,
    readRow: (id) => readRow(engine, id),
    selfHealth: health.read,
    timers,
  })
  const stopListening = hearOwnHealth(bus, { health, journal, log, tellHealth: hub.tellHealth })
  const stopHearing = hearFleet(engine)
  const stopWatchingAlerts = watchAlertsBy({
    bus,
    now: () => clock.now(),
    evaluate: () => watchAlerts(engine),
    onFault: (err) => log.error({ err }, 'alerts could not be evaluated'),
    timers,
  })
  const saveCounts = () => journal.saveDecisionCounts(engine.routing.counts.takeUnsaved())
  const refusals = createRefusals({
    now: () => clock.now(),
    record: (input) => void recordAudit(engine, input),
  })
  const stopHousekeeping = keepHouse({
    fleet,
    advance: () => {
      advanceFleet(fleet)
      expirePermits(engine)
      refusals.sumUp()
    },
    saveCounts,
    clock,
    loop,
    scheduler,
    health,
    rollUp: (task) => journal.rollUp(task),
    prune: (before) => journal.prune(before),
    packOutcomes: (task) => journal.packOutcomes(task),
    log,
  })
  await firstWrite(journal)
  scheduler.start()
  recount(fleet, reader, engine.alerting.counts).catch((err: unknown) =>
    log.warn({ err }, 'the last hours could not be counted again'),
  )

  let phase: Phase = 'ready'
  let stopped: Promise<void> | null = null
  async function stop(): Promise<void> {
    phase = 'stopping'
    hub.close()
    stopWatchingAlerts()
    writeIncidents(engine)
    stopHearing()
    engine.alerting.outbox.stop()
    stopHousekeeping()
    await scheduler.stop(LAST_CHECKS_MS)
    stopRecording(fleet)
    recordTraffic(fleet)
    saveAverages(fleet)
    saveCounts()
    refusals.sumUp(true)
    const lost = await journal.close(LAST_WRITES_MS)
    stopListening()
    await reader.close()
    if (lost.lostEntries + lost.lostChecks + lost.lostDecisions > 0)
      log.error(lost, 'not everything could be written')
  }

  return {
    engine,
    hub,
    access: world.accessOf(engine),
    refusals,
    idempotency: createIdempotency(() => clock.now()),
    log,
    version,
    selfHealth: health.read,
    auditCounts,
    loop,
    gatewayUrl: null,
    demoControl: null,
    phase: () => phase,
    announceStop: () => {
      phase = 'stopping'
    },
    stop: () => (stopped ??= stop()),
  }
}

/** Waits until the database writes, so that the first command is answered as it should be; a locked one is not waited for long. */
const firstWrite = (journal: Journal): Promise<unknown> =>
  Promise.race([journal.commit(emptyEntry), delay(FIRST_WRITE_MS, undefined, { ref: false })])
