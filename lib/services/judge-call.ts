import { classify, isLoopLate, neverConnected } from '#lib/domain/classify.ts'
import { egressLooksDown } from '#lib/domain/egress.ts'
import { isPrivateHost } from '#lib/domain/network-address.ts'
import type { OutcomeSource, Verdict } from '#lib/domain/outcome.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import type { Fleet } from './fleet.ts'
import type { ProviderEntry } from './provider-entry.ts'

/** Failures to connect that begin this close together look like one dead network. */
const EGRESS_WITHIN_MS = 5_000

/** What is known of ourselves while a call runs. */
export type SelfWatch = {
  /** The wall clock, epoch ms: dates in answers count against it. */
  wallNow: () => number
  /** The longest the event loop was late between two times (to now, without a second), in ms. */
  maxLoopDelaySince: (at: number, until?: number) => number
  /** Asks the egress canary whether anything outside can be reached; null when none is set. */
  askCanary: (() => Promise<'up' | 'down'>) | null
}

/** A finished call to a provider. */
export type FinishedCall = { entry: ProviderEntry; raw: RawResult; source: OutcomeSource; timeoutMs: number }

/**
 * Who is to blame for how a call ended, by the one classifier. It waits only where the egress canary must be asked,
 * so that nothing comes between a good answer and what is made of it.
 */
export function judgeCall(fleet: Fleet, watch: SelfWatch, call: FinishedCall): Verdict | Promise<Verdict> {
  const egress = egressOf(fleet, watch, call)
  return typeof egress === 'string'
    ? verdictOf(watch, call, egress)
    : egress.then((answer) => verdictOf(watch, call, answer))
}

/**
 * How long a provider took, ms: as long as its call, from `startedAt` (fleet time). Null where our own event loop was late
 * meanwhile by so much that it would excuse a failure: the time is then as much ours as the provider's.
 */
export function latencyOf(
  watch: SelfWatch,
  { startedAt, tookMs, timeoutMs }: { startedAt: number; tookMs: number; timeoutMs: number },
): number | null {
  return isLoopLate(watch.maxLoopDelaySince(startedAt, startedAt + tookMs), timeoutMs) ? null : tookMs
}

type Egress = 'up' | 'down' | 'unknown'

function verdictOf(watch: SelfWatch, { raw, source, timeoutMs }: FinishedCall, egress: Egress): Verdict {
  return classify(raw, {
    source,
    loopDelayMs: raw.failure === null ? 0 : watch.maxLoopDelaySince(raw.startedAt),
    timeoutMs,
    egress,
    nowMs: watch.wallNow(),
  })
}

/** Whether our own way out looks dead: asked only of a call that never connected. */
function egressOf(
  fleet: Fleet,
  { askCanary }: SelfWatch,
  { entry, raw }: FinishedCall,
): Egress | Promise<Egress> {
  const failed = neverConnected(raw)
  entry.unreachedSince = failed ? (entry.unreachedSince ?? raw.endedAt) : null
  if (!failed) return 'up'
  // A host of our own network says nothing about the way out, nor the way out about it.
  if (isPrivateHost(hostOf(entry.provider.baseUrl))) return 'unknown'
  if (askCanary !== null) return askCanary()
  // Whoever our own policy keeps us from says nothing either.
  const watched = [...fleet.entries.values()].filter(
    ({ provider, refusal }) => provider.enabled && refusal === null,
  )
  const contacts = watched.map(({ provider, unreachedSince }) => ({
    host: hostOf(provider.baseUrl),
    failingSince: unreachedSince,
  }))
  // Rare checks notice a dead network late: all of them must have had their turn.
  const withinMs = Math.max(EGRESS_WITHIN_MS, ...watched.map(({ policies }) => policies.monitor.intervalMs))
  return egressLooksDown(contacts, withinMs) ? 'down' : 'unknown'
}

const hostOf = (baseUrl: string) => URL.parse(baseUrl)?.hostname ?? ''
