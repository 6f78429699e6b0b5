import type { Check } from '#lib/contract/check.ts'
import { capitalise, formatMs } from './format.ts'
import { keepUnits } from './keep-units.ts'
import { CLASS_WORDS, errorWords } from './outcome-words.ts'

/** A check in a headline and its facts; `tone` says how it went. */
export type CheckSummary = {
  tone: 'ok' | 'warn' | 'bad'
  title: string
  facts: { name: string; value: string }[]
}

const SKIPPED: Record<NonNullable<Check['skipped']>, string> = {
  budget_spent: 'The check was skipped: the day’s budget is spent',
  traffic_proves: 'The check was skipped: traffic proves the provider healthy',
  prices_missing: 'The check was skipped: the budget needs the model’s prices',
}

/** What a check found, for the one who has just asked for it. */
export function checkSummary(check: Check): CheckSummary {
  if (check.skipped !== null) return { tone: 'warn', title: SKIPPED[check.skipped], facts: [] }
  const isOk = check.class === 'ok'
  const isOwnFault =
    check.class === 'rate_limited' || check.class === 'internal' || check.class === 'cancelled'
  return {
    tone: isOk ? 'ok' : isOwnFault ? 'warn' : 'bad',
    title: isOk
      ? `The check succeeded in ${formatMs(check.latencyMs)}`
      : `The check ${check.kind === 'refused_by_policy' ? 'was not made' : 'failed'}: ${failureWords(check)}`,
    facts: factsOf(check),
  }
}

function failureWords({ error, kind, httpStatus, class: outcome }: Check): string {
  if (error !== null) return keepUnits(error)
  const saysOnlyItsClass = kind === null && httpStatus === null && outcome !== null
  return saysOnlyItsClass ? CLASS_WORDS[outcome] : errorWords({ kind, httpStatus })
}

const NO_PHASES = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null }

function factsOf({ httpStatus, latencyMs, phases, class: outcome }: Check): CheckSummary['facts'] {
  const { dnsMs, connectMs, tlsMs, firstByteMs } = phases ?? NO_PHASES
  const facts: [name: string, value: string | null][] = [
    ['Outcome', outcome === null || outcome === 'ok' ? null : capitalise(CLASS_WORDS[outcome])],
    ['HTTP status', httpStatus === null ? null : String(httpStatus)],
    ['Name lookup', msOrNull(dnsMs)],
    ['Connect', msOrNull(connectMs)],
    ['TLS', msOrNull(tlsMs)],
    ['First byte', msOrNull(firstByteMs)],
    ['Whole', msOrNull(latencyMs)],
  ]
  return facts.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]))
}

const msOrNull = (ms: number | null) => (ms === null ? null : formatMs(ms))
