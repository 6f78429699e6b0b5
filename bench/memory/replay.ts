import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import { policiesOf } from '#lib/contract/policies.ts'
import { ProviderReplay } from '#lib/domain/replay/provider-replay.ts'
import { readChunk } from '#lib/domain/replay/read-chunk.ts'
import { measureOf, type Measure } from '../report.ts'
import { providerId } from './bench-provider.ts'
import { hourChunks } from './year-chunks.ts'

const measure = measureOf('replay')

const PROVIDERS = 20
const DAYS = 7
const ROUNDS = 5
const TO = Date.UTC(2026, 0, 31)
const range = { from: TO - DAYS * 86_400_000, to: TO }

const { breaker } = policiesOf(DEFAULT_SETTINGS)
const POLICIES = [
  { type: 'fixed', policy: { ...breaker, failureThreshold: 3 } },
  { type: 'fixed', policy: breaker },
] as const

/** A week of twenty providers' checks under a draft and under the thresholds in force, as the preview does it. */
export default function replay(): Promise<Measure[]> {
  const packed = Array.from({ length: PROVIDERS }, (_, index) =>
    hourChunks(index, { ...range, intervalMs: 30_000 }),
  )
  const bytes = packed.flat().reduce((sum, { chunk }) => sum + chunk.length, 0)
  const outcomes = packed.flat().reduce((sum, chunk) => sum + chunk.outcomes, 0)
  const times: number[] = []
  let openings = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now()
    openings = 0
    packed.forEach((hours, index) => {
      const provider = new ProviderReplay(providerId(index), POLICIES, range)
      for (const { chunk } of hours) provider.push([readChunk(chunk)])
      openings += provider.finish().results[1]?.figures.openings ?? 0
    })
    times.push(performance.now() - startedAt)
  }
  const median = times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN
  return Promise.resolve([
    measure('checks', [outcomes, '']),
    measure('unpacked and replayed, draft and in force together', [median, 'ms'], {
      at: 'most',
      value: 1_000,
    }),
    measure('openings found', [openings, '']),
    measure('bytes an outcome, before it is deflated', [bytes / outcomes, 'B']),
  ])
}
