import { uptime } from 'node:os'
import { type MemoryStorage, memoryStorage } from '#lib/adapters/memory/memory-storage.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import { REACH_NOBODY } from '#lib/services/alerts/reach-nobody.ts'
import type { Prober, Secrets } from '#lib/services/ports.ts'
import { openAccess } from './access/access.ts'
import { buildRuntime, type World } from './build-runtime.ts'
import { createFleetClock } from './clock.ts'
import { createLog } from './log.ts'
import { holdRuntime, type Runtime } from './runtime.ts'

/** A runtime as in production, but on a database in memory and with probes that the test answers. */
export type Stage = {
  runtime: Runtime
  storage: MemoryStorage
  /** What probes answer from now on. */
  answer: (result: Partial<RawResult>) => void
  /** Lines that were logged. */
  logged: () => string
  close: () => Promise<void>
}

/** Keeps no secret, so that none can show up anywhere. */
const BLIND: Secrets = { seal: (plain) => `sealed ${plain.length}`, open: () => 'test-key' }

/** Builds a runtime and makes it the process's. The scheduler is off: checks run when the test asks for them. */
export async function stageRuntime(
  storage: MemoryStorage = memoryStorage(),
  secrets: Secrets = BLIND,
  accessOf: World['accessOf'] = () => openAccess,
): Promise<Stage> {
  const clock = createFleetClock({
    wallMs: Date.now,
    monotonicMs: () => performance.now(),
    bootMs: () => uptime() * 1_000,
  })
  const lines: string[] = []
  const log = createLog('warn', { write: (line) => void lines.push(line) })
  let answer: Partial<RawResult> = {}
  const prober: Prober = {
    probe: () => {
      const now = clock.now()
      return Promise.resolve({ ...succeeded(now), ...answer })
    },
  }
  const runtime = await buildRuntime(
    {
      clock,
      storage,
      prober,
      askCanary: null,
      alerting: REACH_NOBODY,
      secrets,
      accessOf,
      random: Math.random,
      log,
      version: '0.0.0',
    },
    { schedulerOn: false },
  )
  holdRuntime(runtime)
  return {
    runtime,
    storage,
    answer: (result) => {
      answer = result
    },
    logged: () => lines.join(''),
    close: async () => {
      holdRuntime(null)
      storage.recover()
      await runtime.stop()
    },
  }
}

const succeeded = (now: number): RawResult => ({
  startedAt: now - 20,
  endedAt: now,
  phases: { dnsMs: null, connectMs: 1, tlsMs: null, firstByteMs: 15 },
  httpStatus: 200,
  headers: {},
  failure: null,
  errorCode: null,
  excerpt: null,
  usage: null,
})
