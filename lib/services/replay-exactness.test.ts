import { authorNamed } from '#lib/domain/access/author.ts'
import { describe, expect, it } from 'vitest'
import { memoryStorage, type MemoryStorage } from '#lib/adapters/memory/memory-storage.ts'
import { policiesOf } from '#lib/contract/policies.ts'
import { DEFAULT_SETTINGS, type Settings } from '#lib/contract/settings.ts'
import type { Transition } from '#lib/domain/circuit.ts'
import type { ErrorKind, OutcomeClass } from '#lib/domain/outcome.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import { hashToUnit } from '#lib/domain/open-time.ts'
import { joinChunks } from '#lib/domain/replay/block.ts'
import { readPart } from '#lib/domain/replay/part.ts'
import { chunkBegin, readChunk, type Chunk } from '#lib/domain/replay/read-chunk.ts'
import { Replay } from '#lib/domain/replay/replay.ts'
import { checkProvider } from './check-provider.ts'
import { addProvider, changeProvider, dropProvider, putSettingsInForce } from './configure-provider.ts'
import { emptyEntry } from './drive-circuit.ts'
import { admit, type Ticket } from './routing/admit.ts'
import { abandonCall, finishCall } from './routing/finish-call.ts'
import { releaseOverride } from './release-override.ts'
import { reportOutcomes } from './report-outcomes.ts'
import { resetCircuit } from './reset-circuit.ts'
import { setOverride } from './set-override.ts'
import { providerNamed, stageFleet } from './stage-fleet.fixture.ts'

const HOUR = 3_600_000
const PROVIDERS = ['acme', 'beta', 'gamma']
const MODELS = ['small', 'large', 'huge']

type Kept = { providerId: string; model: string | null; transition: Transition }

/** Chance that is the same in every run of the test. */
function chance(seed: string) {
  let count = 0
  const unit = () => hashToUnit(`${seed}/${(count += 1)}`)
  return {
    unit,
    below: (limit: number) => Math.floor(unit() * limit),
    one: <T>(items: readonly T[]): T => items[Math.floor(unit() * items.length)]!,
  }
}
type Chance = ReturnType<typeof chance>

/** A storage that remembers which transitions were committed. */
function watched(storage: MemoryStorage, kept: Kept[]): MemoryStorage {
  const { journal } = storage
  return {
    ...storage,
    journal: {
      ...journal,
      commit: (entry) => {
        kept.push(...entry.transitions)
        return journal.commit(entry)
      },
    },
    reopen: () => watched(storage.reopen(), kept),
  }
}

type Answer = {
  class: OutcomeClass
  kind: ErrorKind | null
  status: number | null
  retryAfterMs: number | null
}
const GOOD: Answer = { class: 'ok', kind: null, status: 200, retryAfterMs: null }
const BAD: readonly Answer[] = [
  { class: 'provider_error', kind: 'refused', status: null, retryAfterMs: null },
  { class: 'provider_error', kind: 'http_status', status: 503, retryAfterMs: null },
  { class: 'provider_error', kind: 'http_status', status: 503, retryAfterMs: 4_000 },
  { class: 'provider_error', kind: 'response_timeout', status: null, retryAfterMs: null },
  { class: 'rate_limited', kind: 'rate_limited', status: 429, retryAfterMs: 2_500 },
  { class: 'client_error', kind: 'http_status', status: 404, retryAfterMs: null },
  { class: 'cancelled', kind: 'client_gone', status: null, retryAfterMs: null },
  { class: 'credentials', kind: 'unauthorized', status: 401, retryAfterMs: null },
]

function randomSettings({ one }: Chance): Settings {
  const breaker = {
    ...DEFAULT_SETTINGS.breaker,
    failureThreshold: one([2, 3, 5]),
    recoveryTimeout: one(['2s', '5s', '20s']),
    halfOpenMaxCalls: one([1, 2, 3]),
    successThreshold: one([1, 2]),
    window: one(['5s', '20s', '60s']),
    minCalls: one([4, 10]),
    failureRate: one([0.3, 0.5, 0.9]),
    slowCall: one([null, '1s']),
    maxOpen: '60s',
    trialTimeout: one(['1s', '5s']),
    quietReset: '30s',
  }
  const beta = { breaker: { failureThreshold: one([1, 4]), slowCall: 'off' as const } }
  return { ...DEFAULT_SETTINGS, breaker, providers: { beta } }
}

/** Hours of a fleet that lives through everything, and what was recorded of it. */
async function liveThrough(seed: string, steps: number) {
  const dice = chance(seed)
  const kept: Kept[] = []
  const versions = new Map<number, Settings>()
  const sections: { providerId: string; chunk: Uint8Array }[] = []
  let stage = stageFleet(watched(memoryStorage(), kept))
  let weather = new Map<string, number>()
  let calls: { ticket: Ticket; at: number }[] = []
  let checks: { end: () => Promise<unknown>; abort: () => Promise<unknown> }[] = []

  const note = () => versions.set(stage.fleet.settings.version, stage.fleet.settings.settings)
  const take = () => {
    const part = stage.fleet.recorder.take(stage.fleet.entries.values(), stage.engine.clock.now())
    if (part !== null) sections.push(...readPart(part.data))
  }
  const create = (id: string) => {
    addProvider(stage.fleet, providerNamed(id, { createdAt: stage.engine.clock.now() }))
    void stage.keep(id)
  }
  const answerOf = (id: string) => (dice.unit() < (weather.get(id) ?? 0.1) ? dice.one(BAD) : GOOD)
  const known = () => [...stage.fleet.entries.keys()]

  function beginCheck() {
    const id = dice.one(known())
    const probe = Promise.withResolvers<RawResult>()
    const startedAt = stage.engine.clock.now()
    const controller = new AbortController()
    const watch = { ...stage.engine.world, prober: { probe: () => probe.promise } }
    const running = checkProvider(stage.fleet, watch, {
      providerId: id,
      signal: controller.signal,
      isForced: true,
    })
    const finish = () => {
      const answer = answerOf(id)
      probe.resolve({
        startedAt,
        endedAt: stage.engine.clock.now(),
        phases: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null },
        httpStatus: answer.status,
        headers: {},
        failure: answer.status === null ? { kind: 'refused', message: 'connect refused' } : null,
        errorCode: null,
        excerpt: null,
        usage: null,
      })
      return running
    }
    checks.push({
      end: finish,
      abort: () => {
        controller.abort()
        return finish()
      },
    })
  }

  const endCheck = () =>
    checks.splice(dice.below(checks.length), 1)[0]?.[dice.unit() < 0.1 ? 'abort' : 'end']()

  function beginCall() {
    const entry = stage.fleet.entries.get(dice.one(known()))!
    const at = stage.engine.clock.now()
    const chosen = { entry, model: dice.one(MODELS), panic: dice.unit() < 0.1, variant: null, reason: '', at }
    const ticket = admit(stage.fleet, chosen)
    if (ticket !== null) calls.push({ ticket, at })
  }

  function endCall() {
    const [one] = calls.splice(dice.below(calls.length), 1)
    if (one === undefined) return
    if (dice.unit() < 0.08) return abandonCall(stage.fleet, one.ticket)
    const answer = answerOf(one.ticket.provider.id)
    const endedAt = stage.engine.clock.now()
    const firstTokenMs = dice.one([null, 120, 1_400])
    finishCall(stage.fleet, one.ticket, {
      verdict: {
        class: answer.class,
        kind: answer.kind,
        message: 'in words',
        retryAfterMs: answer.retryAfterMs,
      },
      startedAt: one.at,
      endedAt,
      httpStatus: answer.status,
      // Sometimes it was not measured.
      latencyMs: dice.unit() < 0.1 ? null : (firstTokenMs ?? endedAt - one.at),
      firstTokenMs,
      usage: null,
    })
  }

  function report() {
    const providerId = dice.one(known())
    const answer = answerOf(providerId)
    const latencyMs = dice.one([999.5, 1_000, 1_000.5, dice.below(4_000)])
    const at = new Date(stage.engine.clock.now() - dice.below(300)).toISOString()
    const { class: outcomeClass, retryAfterMs } = answer
    reportOutcomes(stage.engine, [
      {
        providerId,
        class: outcomeClass,
        latencyMs,
        at,
        ...(dice.unit() < 0.2 ? { permit: 'of long ago' } : {}),
        ...(dice.unit() < 0.7 ? { model: dice.one(MODELS) } : {}),
        ...(retryAfterMs === null ? {} : { retryAfterMs }),
      },
    ])
  }

  async function operate() {
    const providerId = dice.one(known())
    const model = dice.one([null, null, ...stage.entry(providerId).models.keys()])
    const address = { providerId, model }
    const author = authorNamed('ada')
    const reason = 'because I can'
    const what = dice.below(4)
    if (what === 0) await releaseOverride(stage.engine, address, { input: {}, author })
    else if (what === 1)
      await resetCircuit(stage.engine, address, {
        input: { to: dice.one(['half_open', 'closed']), reason },
        author,
      })
    else {
      const mode = dice.one(['forced_open', 'forced_closed', 'shadow'] as const)
      await setOverride(stage.engine, address, { input: { mode, reason, ttl: '60s' }, author })
    }
  }

  function changeSettings() {
    const { fleet } = stage
    const version = fleet.settings.version + 1
    const record = { ...fleet.settings, version, settings: randomSettings(dice) }
    putSettingsInForce(fleet, record)
    void stage.storage.journal.commit({ ...emptyEntry, settings: [record] })
    note()
  }

  function changeUpstream() {
    const entry = stage.entry(dice.one(known()))
    const provider = { ...entry.provider, baseUrl: `https://${dice.below(1e9)}.example.com` }
    changeProvider(stage.fleet, entry, { provider, author: authorNamed('ada') })
  }

  function replaceProvider() {
    const id = dice.one(known())
    dropProvider(stage.fleet, stage.entry(id))
    void stage.storage.journal.commit({ ...emptyEntry, providersDeleted: [id] })
    calls = calls.filter(({ ticket }) => ticket.provider.id !== id)
    stage.pass(dice.below(3_000))
    create(id)
  }

  async function restart() {
    const { fleet, engine, storage } = stage
    stage.pass(0)
    for (const entry of fleet.entries.values()) fleet.recorder.stop(entry, engine.clock.now())
    take()
    await storage.journal.commit(emptyEntry)
    stage = stageFleet(storage.reopen(), engine.clock.now() + dice.below(20_000))
    calls = []
    checks = []
  }

  const changeWeather = () => {
    weather = new Map(PROVIDERS.map((id) => [id, dice.one([0, 0.1, 0.5, 0.95])]))
  }
  const deeds: readonly (readonly [until: number, deed: () => unknown])[] = [
    [0.18, beginCheck],
    [0.4, endCheck],
    [0.58, beginCall],
    [0.8, endCall],
    [0.88, report],
    [0.94, take],
    [0.965, operate],
    [0.975, changeSettings],
    [0.98, changeUpstream],
    [0.984, replaceProvider],
    [0.988, restart],
    [1, changeWeather],
  ]
  const oneOf = (roll: number) => deeds.find(([until]) => roll < until)![1]

  note()
  for (const id of PROVIDERS) create(id)
  changeSettings()
  for (let step = 0; step < steps; step += 1) {
    await oneOf(dice.unit())()
    // Mostly one moment after the other, often the same one, and now and then a long rest; busy at the turn of an hour.
    const wait = dice.one([0, 0, 0, 1, 7, 120, 400, 1_500, dice.unit() < 0.03 ? 400_000 : 3_000])
    const toHour = HOUR - (stage.engine.clock.now() % HOUR)
    const ms = wait === 400_000 && toHour < 500_000 ? Math.max(0, toHour - 20_000) : wait
    if (dice.unit() < 0.1) stage.drift(ms)
    else stage.pass(ms)
  }
  // What is still under way may hold a trial's place: it is written down only when it ends, or is given up.
  const { fleet, engine } = stage
  for (const entry of fleet.entries.values()) {
    fleet.recorder.prepare(entry, fleet.settings.version, engine.clock.now())
    fleet.recorder.stop(entry, engine.clock.now())
  }
  stage.pass(HOUR)
  take()
  return { kept, sections, versions, end: stage.engine.clock.now() }
}

type Lived = Awaited<ReturnType<typeof liveThrough>>

/** What was recorded of a provider, hour by hour as blocks hold it. */
function hoursOf({ sections }: Lived, id: string): Chunk[][] {
  const chunks = sections.filter(({ providerId }) => providerId === id).map(({ chunk }) => chunk)
  const hours = Map.groupBy(chunks, (chunk) => Math.floor(chunkBegin(chunk) / HOUR))
  return [...hours.values()].map((ofHour) => joinChunks(ofHour).chunks.map((chunk) => readChunk(chunk)))
}

const facts = (model: string | null, { evidence, at, from, to, cause, generation, retryAt }: Transition) => {
  const { calls, failures, slow, consecutiveFailures } = evidence
  return { model, at, from, to, cause, generation, retryAt, calls, failures, slow, consecutiveFailures }
}

const byCircuit = (all: ReturnType<typeof facts>[]) => Map.groupBy(all, ({ model }) => model)

function replayed(lived: Lived, id: string, skip = 0) {
  const policyOf = (version: number) =>
    policiesOf(lived.versions.get(version)!, lived.versions.get(version)!.providers[id] ?? {}).breaker
  const replay = new Replay(id, [{ type: 'recorded', policyOf }], {
    onBegin: () => undefined,
    onCall: () => undefined,
  })
  const hours = hoursOf(lived, id)
  for (const hour of hours.slice(skip)) replay.push(hour)
  replay.finish(lived.end)
  const from = hours[skip]?.[0]?.records[0]?.at ?? 0
  return {
    from,
    transitions: replay.simulations[0]!.transitions.map(({ model, transition }) => facts(model, transition)),
  }
}

describe('a replay under the thresholds that were in force', () => {
  // Mutants that this went red on, each alone: see docs/adr/0021.
  it.each(['ada', 'bob', 'cyn', 'dan', 'fay', 'gil'])(
    'makes the very transitions of a long life (%s)',
    async (seed) => {
      const lived = await liveThrough(seed, 6_000)
      expect(lived.kept.length, 'so that this test is looking at something').toBeGreaterThan(300)
      for (const id of PROVIDERS) {
        const live = lived.kept
          .filter(({ providerId }) => providerId === id)
          .map(({ model, transition }) => facts(model, transition))
        expect(byCircuit(replayed(lived, id).transitions)).toEqual(byCircuit(live))
      }
    },
  )

  it.each(['eve', 'hal', 'ivo'])('makes them from the beginning of any hour on (%s)', async (seed) => {
    const lived = await liveThrough(seed, 12_000)
    for (const id of PROVIDERS) {
      const count = hoursOf(lived, id).length
      expect(count, 'so that this test is looking at something').toBeGreaterThan(4)
      for (const skip of [1, 2, 3, 4, count - 1]) {
        const { from, transitions } = replayed(lived, id, skip)
        const live = lived.kept
          .filter(({ providerId, transition }) => providerId === id && transition.at > from)
          .map(({ model, transition }) => facts(model, transition))
        const after = transitions.filter(({ at }) => at > from)
        expect(byCircuit(after)).toEqual(byCircuit(live))
      }
    }
  })
})
