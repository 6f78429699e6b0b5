import { sha256 } from '#lib/adapters/secrets/sha256.ts'
import { memoryStorage, type MemoryStorage } from '#lib/adapters/memory/memory-storage.ts'
import { DEFAULT_SETTINGS, type Settings, type Thresholds } from '#lib/contract/settings.ts'
import type { Outcome } from '#lib/domain/outcome.ts'
import { plainProvider } from '#lib/domain/plain-provider.fixture.ts'
import type { Provider } from '#lib/domain/provider.ts'
import { advanceFleet } from './advance-fleet.ts'
import { createBus } from './bus.ts'
import { addProvider, putSettingsInForce } from './configure-provider.ts'
import { emptyEntry } from './drive-circuit.ts'
import type { Engine, FleetEvent } from './engine.ts'
import { createFleet, entryOf } from './fleet.ts'
import { observeOutcome } from './observe-outcome.ts'
import { restoreFleet } from './restore-fleet.ts'
import type { KeptDecision } from './records.ts'
import { createRouting } from './routing/routing.ts'
import { stageAlerting } from './alerts/stage-alerting.fixture.ts'
import { apiKeysOf } from './access/api-keys.ts'
import { clientKeysOf } from './routing/client-keys.ts'

export const T0 = Date.parse('2026-03-01T12:00:00Z')

/** A provider as a form would have made it. */
export const providerNamed = (id: string, part: Partial<Provider> = {}): Provider =>
  plainProvider(id, { createdAt: T0, updatedAt: T0, ...part })

/** A real fleet on a database in memory, with the clock in the test's hand and nothing scheduled. */
export function stageFleet(storage: MemoryStorage = memoryStorage(), startAt = T0) {
  let time = startAt
  let ids = 0
  const clock = { now: () => time }
  const bus = createBus()
  const newId = () => `${time.toString().padStart(15, '0')}-${(ids += 1).toString().padStart(6, '0')}`
  const fleet = createFleet({ clock, bus, journal: storage.journal, newId })
  const events: FleetEvent[] = []
  bus.on((event) => events.push(event))
  restoreFleet(fleet, storage.restored)
  const kept: KeptDecision[] = []
  const dice: number[] = []
  const engine: Engine = {
    clock,
    fleet,
    routing: createRouting({
      keep: (one) => {
        kept.push(one)
        storage.journal.appendDecision(one)
      },
      routes: storage.restored.routes,
      counts: storage.restored.decisionCounts,
    }),
    world: {
      wallNow: () => time,
      maxLoopDelaySince: () => 0,
      askCanary: null,
      random: () => dice.shift() ?? 0.5,
      nowUs: () => time * 1_000,
      newToken: () => `token-${(ids += 1)}`,
    },
    journal: storage.journal,
    reader: storage.reader,
    data: storage.data,
    replayer: storage.replayer,
    secrets: { seal: (plain) => `sealed(${plain})`, open: (sealed) => sealed.slice(7, -1) },
    sha256,
    clientKeys: clientKeysOf(storage.restored.clientKeys),
    apiKeys: apiKeysOf(storage.restored.apiKeys),
    scheduler: {
      checkNow: () => Promise.reject(new Error('nothing is scheduled here')),
      runRound: () => Promise.resolve({ results: [], remaining: 0 }),
      refresh: () => undefined,
      nextCheckAt: () => null,
    },
    alerting: stageAlerting({ restored: storage.restored.alerting, journal: storage.journal, clock }),
    bus,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    newId,
    bootId: 'test',
    streamSeq: () => 0,
  }

  const outcome = (part: Partial<Outcome> & { providerId: string }): Outcome => ({
    model: null,
    source: 'active',
    class: 'ok',
    kind: null,
    message: null,
    retryAfterMs: null,
    startedAt: time - (part.latencyMs ?? 100),
    at: time,
    latencyMs: 100,
    httpStatus: 200,
    phases: null,
    completion: false,
    accountWide: false,
    ...part,
  })

  return {
    engine,
    fleet,
    storage,
    events,
    /** Decisions that were handed on to be kept. */
    kept,
    /** What chance will say next, before it says 0.5 for ever. */
    dice,
    entry: (id: string) => entryOf(fleet, id),
    /** Adds a provider, a minute ago as seen from the next outcome. */
    add: (id: string, part: Partial<Provider> = {}) => {
      addProvider(fleet, providerNamed(id, part))
      time += 60_000
    },
    settle: (settings: Partial<Settings>) =>
      putSettingsInForce(fleet, {
        ...fleet.settings,
        version: fleet.settings.version + 1,
        settings: { ...DEFAULT_SETTINGS, ...settings },
      }),
    thresholds: (id: string, thresholds: Thresholds) =>
      putSettingsInForce(fleet, {
        ...fleet.settings,
        version: fleet.settings.version + 1,
        settings: { ...DEFAULT_SETTINGS, providers: { [id]: thresholds } },
      }),
    /** Moves the clock and lets the fleet do what came due. */
    pass: (ms: number) => {
      time += ms
      return advanceFleet(fleet)
    },
    /** Moves the clock, and nobody notices. */
    drift: (ms: number) => {
      time += ms
    },
    outcome,
    /** Puts the provider on disk, as creating it would have. */
    keep: (id: string) =>
      storage.journal.commit({ ...emptyEntry, providersSaved: [entryOf(fleet, id).provider] }),
    /** One outcome after another at the present time, under the permits of calls that did not ask. */
    see: (...parts: (Partial<Outcome> & { providerId: string })[]) => {
      for (const part of parts) {
        observeOutcome(fleet, outcome(part), 'implied')
      }
    },
    /** What went out on the bus as records: `transition acme closed>open consecutive_failures`. */
    recorded: () =>
      events.flatMap((event) => {
        if (event.type !== 'record') return []
        const { record } = event
        const where = record.model === null ? record.providerId : `${record.providerId}/${record.model}`
        if (record.kind === 'transition') return [`${where} ${record.from}>${record.to} ${record.cause}`]
        if (record.kind === 'override') return [`${where} override ${record.phase}`]
        return [`${where} ${record.kind}`]
      }),
  }
}
