import { ERROR_WORDS } from './error-words.ts'
import { consecutiveFailures, NOT_CHECKED_YET } from './health.ts'
import type { HealthAverages, HealthSample, HealthStatus, SourceRun } from './health.ts'
import { coolingText, failuresText, percentText, slowText, withError } from './health-words.ts'
import type { HealthPolicy } from './policy.ts'

/** What a judgement needs beside the averages. Times are epoch ms. */
export type HealthFacts = {
  now: number
  enabled: boolean
  /** The sample this judgement follows; null when time, settings or a cooling asked for it. */
  verdict: HealthSample['verdict'] | null
  coolingUntil: number | null
  /** 95th percentile of successes' latency over the last 5 min, and of how many; null without any. */
  p95Ms: number | null
  latencySamples: number
  /** How often the provider is checked. */
  intervalMs: number
  /** Why our own policy refuses to call it; null when it does not. */
  refusal: string | null
}

// A source that has been silent for longer no longer says how things are now; a check always speaks until the next.
const SPEAKS_MS = 300_000

type Judgement = { status: HealthStatus; reason: string }

/** One judgement's view of the runs: failures of sources that still speak, and whether the way out is open. */
type Case = {
  health: HealthAverages
  facts: HealthFacts
  policy: HealthPolicy
  checks: 'pass' | 'fail' | 'silent'
  traffic: 'pass' | 'fail' | 'silent'
  failures: number
  recovered: boolean
}

/**
 * The health with the status, reason and `since` that its averages and the facts call for; the same object
 * when none of them changes. `since` moves with the status alone.
 */
export function judgeHealth(
  health: HealthAverages,
  facts: HealthFacts,
  policy: HealthPolicy,
): HealthAverages {
  const { status, reason } = judge(health, facts, policy)
  if (status === health.status) return reason === health.reason ? health : { ...health, reason }
  return { ...health, status, reason, since: facts.now }
}

function judge(health: HealthAverages, facts: HealthFacts, policy: HealthPolicy): Judgement {
  if (!facts.enabled) return { status: 'unknown', reason: 'disabled' }
  // Nothing new is learnt of it, so its status stands; the reason is where an operator looks first.
  if (facts.refusal !== null && facts.verdict === null)
    return { status: health.status, reason: facts.refusal }
  if (health.credentialsFailed) return { status: 'unhealthy', reason: credentialsReason(health.lastError) }
  const unseen = unseenReason(health, facts)
  if (unseen !== null) return { status: 'unknown', reason: unseen }
  const judged = caseOf(health, facts, policy)
  const unhealthy = unhealthyReason(judged)
  if (unhealthy !== null) return { status: 'unhealthy', reason: unhealthy }
  const degraded = degradedReason(judged)
  if (degraded !== null) return { status: 'degraded', reason: degraded }
  return { status: 'healthy', reason: healthyReason(judged) }
}

function unseenReason(health: HealthAverages, { verdict, coolingUntil, now }: HealthFacts): string | null {
  // Only evidence leads out of unknown: averages from before a pause say nothing of now.
  const paused = health.status === 'unknown' && verdict === null
  if (health.samples > 0 && !paused) return null
  const reason = health.samples === 0 ? NOT_CHECKED_YET : 'not checked since it was enabled'
  return coolingUntil !== null && coolingUntil > now ? `${reason}, ${coolingText(coolingUntil)}` : reason
}

function credentialsReason(error: string | null): string {
  // The class is the same, but here the probe wants mending, not the key.
  if (error?.startsWith(ERROR_WORDS.probe_misconfigured) === true) return error
  return withError('credentials', error)
}

function caseOf(health: HealthAverages, facts: HealthFacts, policy: HealthPolicy): Case {
  const speaksMs = Math.max(SPEAKS_MS, 2 * facts.intervalMs)
  const saysOf = (run: SourceRun) => {
    if (run.lastAt === null || facts.now - run.lastAt > speaksMs) return 'silent'
    return run.consecutiveFailures > 0 ? 'fail' : 'pass'
  }
  const checks = saysOf(health.active)
  const traffic = saysOf(health.passive)
  return {
    health,
    facts,
    policy,
    checks,
    traffic,
    failures: Math.max(
      checks === 'fail' ? health.active.consecutiveFailures : 0,
      traffic === 'fail' ? health.passive.consecutiveFailures : 0,
    ),
    // Checks go on in every status, traffic does not: so checks may vouch for silent traffic, while failing
    // checks are answered by checks alone, or passing traffic would lift the status between any two of them.
    recovered: health.successesInRow >= policy.healthyAfter && checks !== 'fail',
  }
}

function unhealthyReason(judged: Case): string | null {
  const { health, facts, policy, failures, recovered } = judged
  if (recovered) return null
  const tooMany = failures >= policy.unhealthyAfter
  const tooLow = isRateUnder(judged, policy.failoverThreshold)
  if (!tooMany && !(tooLow && facts.verdict === 'failure') && health.status !== 'unhealthy') return null
  if (health.successesInRow > 0 && judged.checks !== 'fail') {
    return `recovering: ${health.successesInRow} of ${policy.healthyAfter} successes`
  }
  if (tooMany || !tooLow) return failingReason(judged)
  return withError(scoreUnder(health, policy.failoverThreshold), health.lastError)
}

function degradedReason(judged: Case): string | null {
  const { health, facts, policy } = judged
  if (judged.failures > 0) return failingReason(judged)
  if (facts.coolingUntil !== null && facts.coolingUntil > facts.now) return coolingText(facts.coolingUntil)
  const { p95Ms, latencySamples } = facts
  if (p95Ms !== null && p95Ms > policy.degradedLatencyMs && latencySamples >= policy.minSamples) {
    return slowText(p95Ms, policy.degradedLatencyMs)
  }
  if (!isRateUnder(judged, policy.degradedSuccessRate)) return null
  if (health.successesInRow === 0) return scoreUnder(health, policy.degradedSuccessRate)
  return `recovering: ${scoreText(health)}, healthy from ${percentText(policy.degradedSuccessRate)}`
}

function failingReason({ health, checks, traffic, failures }: Case): string {
  const counted = failuresText(failures > 0 ? failures : consecutiveFailures(health), health.lastError)
  if (checks === 'pass' && traffic === 'fail') return `checks pass, traffic fails: ${counted}`
  if (checks === 'fail' && traffic === 'pass') return `traffic passes, checks fail: ${counted}`
  return counted
}

function healthyReason({ checks, traffic }: Case): string {
  if (checks === 'pass' && traffic === 'pass') return 'checks and traffic pass'
  if (traffic === 'pass') return 'traffic passes'
  return checks === 'pass' ? 'checks pass' : 'no failure lately'
}

const isRateUnder = ({ health, policy }: Case, limit: number): boolean =>
  health.successRate < limit && health.samples >= policy.minSamples

const scoreText = ({ successRate }: HealthAverages): string => `health score ${percentText(successRate)}`

const scoreUnder = (health: HealthAverages, limit: number): string =>
  `${scoreText(health)} under ${percentText(limit)}`
