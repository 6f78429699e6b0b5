import { authorNamed } from '#lib/domain/access/author.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, uptime } from 'node:os'
import { join } from 'node:path'
import { createProber } from '#lib/adapters/http/prober.ts'
import { openStorage } from '#lib/adapters/prisma/open-storage.ts'
import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import { INSIDE_TOO } from '#lib/domain/target-policy.ts'
import { openAccess } from '#lib/server/access/access.ts'
import { buildRuntime } from '#lib/server/build-runtime.ts'
import { createFleetClock } from '#lib/server/clock.ts'
import { REACH_NOBODY } from '#lib/services/alerts/reach-nobody.ts'
import { createLog } from '#lib/server/log.ts'
import type { Runtime } from '#lib/server/runtime.ts'
import type { Prober } from '#lib/services/ports.ts'
import { createProvider } from '#lib/services/create-provider.ts'
import { saveSettings } from '#lib/services/save-settings.ts'

/** A whole runtime on a database of its own in a new folder. */
export type BenchFleet = {
  runtime: Runtime
  databasePath: string
  /** Checks done since the start, and those of them that were not ok. */
  counts: () => { checks: number; notOk: number }
  /** How late each check since the last call began, in ms. */
  takeLateness: () => number[]
  remove: () => void
}

/** Builds the runtime that the server builds, with `count` providers of one address, checked every `interval`. */
export async function startBenchFleet(options: {
  count: number
  interval: string
  baseUrl: string
}): Promise<BenchFleet> {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-bench-'))
  const databasePath = join(folder, 'bench.db')
  const clock = createFleetClock({
    wallMs: Date.now,
    monotonicMs: () => performance.now(),
    bootMs: () => uptime() * 1_000,
  })
  const secrets = { seal: (plain: string) => plain, open: (sealed: string) => sealed }
  const storage = await openStorage({ url: databasePath })
  const prober = createProber({ clock, secrets, resolveReference: () => null, targets: INSIDE_TOO })
  let lateness: number[] = []
  const counts = { checks: 0, notOk: 0 }
  const dueAt = new Map<string, number>()
  const timed: Prober = {
    probe: (provider, probing) => {
      const due = dueAt.get(provider.id)
      if (due !== undefined) lateness.push(clock.now() - due)
      return prober.probe(provider, probing)
    },
  }
  const outside = {
    alerting: REACH_NOBODY,
    clock,
    storage,
    prober: timed,
    secrets,
    random: Math.random,
    askCanary: null,
  }
  const world = { ...outside, log: createLog('error'), version: 'bench', accessOf: () => openAccess }
  const runtime = await buildRuntime(world, { schedulerOn: true })
  runtime.engine.bus.on((event) => {
    if (event.type !== 'check') return
    counts.checks += 1
    if (event.check.class !== 'ok') counts.notOk += 1
    const { providerId } = event.check
    const due = runtime.engine.scheduler.nextCheckAt(providerId)
    if (due !== null) dueAt.set(providerId, due)
  })
  const { interval } = options
  const monitor = { ...DEFAULT_SETTINGS.monitor, interval, timeout: interval, concurrency: 4_096 }
  const version = runtime.engine.fleet.settings.version
  await saveSettings(
    runtime.engine,
    { settings: { ...DEFAULT_SETTINGS, monitor }, expectedVersion: version, reason: 'bench' },
    authorNamed('bench'),
  )
  for (let i = 0; i < options.count; i += 1) {
    await createProvider(
      runtime.engine,
      { id: `bench-${i}`, name: `bench ${i}`, kind: 'openai-compatible', baseUrl: options.baseUrl },
      authorNamed('bench'),
    )
  }
  runtime.engine.scheduler.refresh()
  const takeLateness = () => {
    const taken = lateness
    lateness = []
    return taken
  }
  return {
    runtime,
    databasePath,
    counts: () => ({ ...counts }),
    takeLateness,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
