import type { RecordedEvaluation } from '#lib/domain/alerts/back-test.ts'
import type { CircuitFacts, Windows } from '#lib/domain/alerts/facts.ts'
import { FLAP_EVALUATIONS, roundOf } from '#lib/domain/alerts/flapping.ts'
import type { Rule } from '#lib/domain/alerts/rule.ts'
import { subjectKeyOf } from '#lib/domain/alerts/subject.ts'
import type { ProviderEntry } from '../provider-entry.ts'
import type { RecordedCircuit } from './recorded-circuits.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
/** Rules that hold for seconds are looked at every second for so long. */
const SECONDS_AFTER = 21
/** Apart, when nothing has moved for long: a longer pause would break what is to be held. */
const IDLE_MS = 10 * MINUTE_MS

const NO_WINDOWS: Windows = { windowOf: () => null, trafficIn: () => null }

/** One circuit as a rule would have looked at it: often after each move, and seldom while nothing moved. */
export function* recordOfCircuit(
  { moves, model }: RecordedCircuit,
  { entry, rule, to }: { entry: ProviderEntry; rule: Rule; to: number },
): Generator<RecordedEvaluation> {
  const { id, name, tags } = entry.provider
  const subject = { type: 'circuit', id, name, model } as const
  const checkIntervalMs = entry.policies.monitor.intervalMs
  const key = subjectKeyOf(subject)
  const base = { type: 'circuit', key, subject, providerId: id, tags, checkIntervalMs } as const
  const openedAt: number[] = []
  let place = 0
  let state: CircuitFacts['state'] = 'closed'
  for (const at of timesOf(moves, { rule, to, roundMs: roundOf(checkIntervalMs) })) {
    for (let move = moves[place]; move !== undefined && move.at <= at; move = moves[place]) {
      state = move.to
      if (move.to === 'open') openedAt.push(move.at)
      place += 1
    }
    const facts = {
      ...base,
      state,
      lastError: null,
      openedAt: [...openedAt.slice(-100)],
      overrideUntil: null,
    }
    yield { at, facts, windows: NO_WINDOWS }
  }
}

/** When to look: at what can change a verdict, every second a little while after, every minute until it holds. */
function* timesOf(
  moves: RecordedCircuit['moves'],
  { rule, to, roundMs }: { rule: Rule; to: number; roundMs: number },
): Generator<number> {
  const changes = changesOf(moves, rule).filter((at) => at < to)
  // For as long as flapping may keep it from being over.
  const holdMs = Math.max(rule.forMs, rule.keepFiringMs) + FLAP_EVALUATIONS * roundMs
  for (const [index, change] of changes.entries()) {
    const next = Math.min(changes[index + 1] ?? to, to)
    for (let at = change; at < next; at += stepAfter(at - change, holdMs)) yield at
  }
}

function stepAfter(sinceMs: number, holdMs: number): number {
  if (sinceMs < SECONDS_AFTER * SECOND_MS) return SECOND_MS
  return sinceMs < holdMs ? MINUTE_MS - (sinceMs % MINUTE_MS) : IDLE_MS
}

function changesOf(moves: RecordedCircuit['moves'], { condition }: Rule): number[] {
  const times = moves.map(({ at }) => at)
  if (condition.type !== 'circuit_flapping') return times
  // An opening also stops counting.
  const ends = moves.filter(({ to }) => to === 'open').map(({ at }) => at + condition.windowMs)
  return [...new Set([...times, ...ends])].sort((a, b) => a - b)
}
