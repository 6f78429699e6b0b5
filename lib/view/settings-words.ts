import type { SettingsPath } from '#lib/contract/bounds.ts'
import type { Settings } from '#lib/contract/settings.ts'
import { plural, THIN } from './format.ts'
import { formatScaled } from './number-text.ts'

const percent = (rate: number) => `${formatScaled(rate, 'percent')}${THIN}%`

/** Each threshold's label and what it does, given the other values; in the order of the form. */
export const SETTING_WORDS: Record<SettingsPath, { label: string; explain: (settings: Settings) => string }> =
  {
    'monitor.interval': {
      label: 'Check interval',
      explain: () => 'How often each provider is checked',
    },
    'monitor.timeout': {
      label: 'Check time-out',
      explain: ({ monitor }) =>
        `A check that takes longer has failed; at most the interval (${monitor.interval})`,
    },
    'monitor.concurrency': {
      label: 'Checks at once',
      explain: () => 'In flight together, over all providers',
    },
    'monitor.jitter': {
      label: 'Jitter of the interval',
      explain: () => 'Spreads the checks, so that they do not fall together',
    },
    'health.unhealthyAfter': {
      label: 'Unhealthy after failures in a row',
      explain: () => 'Takes the provider out of rotation',
    },
    'health.healthyAfter': {
      label: 'Recovered after successes in a row',
      explain: () => 'Until then an unhealthy provider stays unhealthy',
    },
    'health.failoverThreshold': {
      label: 'Unhealthy below a success rate of',
      explain: ({ health }) => `On a failure, with at least ${plural(health.minSamples, 'sample')}`,
    },
    'health.degradedSuccessRate': {
      label: 'Degraded below a success rate of',
      explain: ({ health }) => `With at least ${plural(health.minSamples, 'sample')}`,
    },
    'health.degradedLatency': {
      label: 'Degraded above a p95 latency of',
      explain: ({ health }) => `Over the last 5 min, with at least ${plural(health.minSamples, 'sample')}`,
    },
    'health.minSamples': {
      label: 'Samples before a rate counts',
      explain: () => 'Below it the console says how many there are instead of a rate',
    },
    'health.latencyAlpha': {
      label: 'Weight of a new latency',
      explain: ({ health }) => `The average keeps ${percent(1 - health.latencyAlpha)} of what it was`,
    },
    'health.successAlpha': {
      label: 'Weight of a new outcome',
      explain: ({ health }) => `The health score keeps ${percent(1 - health.successAlpha)} of what it was`,
    },
    'breaker.failureThreshold': {
      label: 'Opens after failures in a row',
      explain: () => 'Whatever the rate is',
    },
    'breaker.failureRate': {
      label: 'Or at a failure rate of',
      explain: ({ breaker }) => `Over ${breaker.window}, with at least ${plural(breaker.minCalls, 'call')}`,
    },
    'breaker.window': {
      label: 'Window of the rates',
      explain: () => 'Sliding, in 10 buckets',
    },
    'breaker.minCalls': {
      label: 'Calls before a rate counts',
      explain: ({ breaker }) => `In a window of ${breaker.window}`,
    },
    'breaker.slowCall': {
      label: 'Slow call',
      explain: ({ breaker }) =>
        breaker.slowCall === null ? 'Off: latency alone never opens' : 'A call that takes longer is slow',
    },
    'breaker.slowCallRate': {
      label: 'Or at a rate of slow calls of',
      explain: ({ breaker }) =>
        breaker.slowCall === null
          ? 'Not in force while slow calls are off'
          : `Of calls over ${breaker.slowCall}`,
    },
    'breaker.recoveryTimeout': {
      label: 'Stays open',
      explain: ({ breaker }) => `×${breaker.openGrowth} with each re-opening, to at most ${breaker.maxOpen}`,
    },
    'breaker.openGrowth': {
      label: 'Grows with each re-opening by',
      explain: ({ breaker }) => `From ${breaker.recoveryTimeout} to at most ${breaker.maxOpen}`,
    },
    'breaker.maxOpen': {
      label: 'Stays open at most',
      explain: ({ breaker }) => `At least the first open time (${breaker.recoveryTimeout})`,
    },
    'breaker.openJitter': {
      label: 'Jitter of the open time',
      explain: () => 'So that circuits that opened together do not try together',
    },
    'breaker.quietReset': {
      label: 'Back to the first open time after',
      explain: ({ breaker }) =>
        `Closed and quiet for that long, the next opening lasts ${breaker.recoveryTimeout} again`,
    },
    'breaker.halfOpenMaxCalls': {
      label: 'Trials in half-open',
      explain: ({ breaker }) =>
        `At once; ${breaker.successThreshold} ${breaker.successThreshold === 1 ? 'success closes' : 'successes close'}`,
    },
    'breaker.successThreshold': {
      label: 'Successful trials that close',
      explain: () => 'One failed trial opens again, for longer',
    },
    'breaker.trialTimeout': {
      label: 'A trial expires after',
      explain: () => 'Then its slot is free again, so that a vanished caller cannot hold it',
    },
    'breaker.rampUp': {
      label: 'Ramp-up after closing',
      explain: ({ breaker }) => `From ${percent(breaker.rampStart)} of its share to all of it`,
    },
    'breaker.rampStart': {
      label: 'Ramp-up starts at',
      explain: ({ breaker }) => `Of the provider’s share; all of it after ${breaker.rampUp}`,
    },
    'routing.maxAttempts': {
      label: 'Attempts for a request',
      explain: () => 'Each at another provider first',
    },
    'routing.retryBudget': {
      label: 'Retry budget',
      explain: ({ routing }) => `Of all requests; at least ${routing.retryBudgetMin} in 10 s`,
    },
    'routing.retryBudgetMin': {
      label: 'Retries always allowed',
      explain: () => 'In 10 s, however few requests there are',
    },
    'routing.panicThreshold': {
      label: 'Panic below eligible members of',
      explain: ({ routing }) =>
        routing.panicThreshold === 0
          ? 'Only when no member of a route is eligible are health and open circuits ignored'
          : 'When fewer members of a route are eligible, health and open circuits are ignored',
    },
    'routing.firstTokenTimeout': {
      label: 'First token within',
      explain: () => 'Of a streamed answer; then the next provider is tried',
    },
    'routing.stallTimeout': {
      label: 'A stream stalls after',
      explain: () => 'Without a byte',
    },
    'history.raw': {
      label: 'Raw checks are kept for',
      explain: () => 'Older ones are deleted in small steps; transitions and operator actions stay',
    },
    'alerts.groupWait': {
      label: 'An incident’s first notice waits',
      explain: () => 'So that one message has all that goes wrong at once',
    },
    'alerts.groupInterval': {
      label: 'Between two notices of an incident',
      explain: () => 'At least; that it is over is told at once',
    },
    'alerts.repeat': {
      label: 'Told again after',
      explain: () => 'Until somebody acknowledges it, or it is over',
    },
  }
