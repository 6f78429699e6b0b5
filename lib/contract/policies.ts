import type { Policies } from '#lib/domain/policy.ts'
import { parseDuration } from './duration.ts'
import { mergeThresholds, type Settings, type Thresholds } from './settings.ts'

/** Ms of a duration that a schema has already accepted. */
const ms = (text: string) => parseDuration(text) ?? Number.NaN

/** What decides about one provider: the settings with its own thresholds laid over them, in ms. */
export function policiesOf(settings: Settings, thresholds: Thresholds = {}): Policies {
  const { monitor, health, breaker } = mergeThresholds(settings, thresholds)
  const { degradedLatency, ...restOfHealth } = health
  return {
    monitor: { intervalMs: ms(monitor.interval), timeoutMs: ms(monitor.timeout) },
    health: { ...restOfHealth, degradedLatencyMs: ms(degradedLatency) },
    breaker: {
      failureThreshold: breaker.failureThreshold,
      recoveryTimeoutMs: ms(breaker.recoveryTimeout),
      halfOpenMaxCalls: breaker.halfOpenMaxCalls,
      successThreshold: breaker.successThreshold,
      windowMs: ms(breaker.window),
      minCalls: breaker.minCalls,
      failureRate: breaker.failureRate,
      slowCallMs: breaker.slowCall === null ? null : ms(breaker.slowCall),
      slowCallRate: breaker.slowCallRate,
      openGrowth: breaker.openGrowth,
      maxOpenMs: ms(breaker.maxOpen),
      openJitter: breaker.openJitter,
      quietResetMs: ms(breaker.quietReset),
      trialTimeoutMs: ms(breaker.trialTimeout),
      rampUpMs: ms(breaker.rampUp),
      rampStart: breaker.rampStart,
    },
  }
}
