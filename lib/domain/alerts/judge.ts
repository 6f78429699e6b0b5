import type { AlertCondition, ConditionType } from './condition.ts'
import type { CircuitFacts, MonitorFacts, ProviderFacts, RouteFacts } from './facts.ts'
import { judgeBurnRate, judgeLatency, judgeSuccessRate, judgeTraffic } from './judge-windows.ts'
import { badIf, spanText, type Judge, type Seen } from './verdict.ts'

type Makers = {
  readonly [T in ConditionType]: (condition: Extract<AlertCondition, { type: T }>) => Judge<never>
}

const MAKERS: Makers = {
  provider_unhealthy: (): Judge<ProviderFacts> => ({
    verdictOf: ({ status }) => (status === 'unknown' ? 'no_data' : badIf(status === 'unhealthy')),
    describe: ({ subject, reason }) => seen(`${subject.name} is unhealthy: ${reason}`),
  }),
  provider_degraded: (): Judge<ProviderFacts> => ({
    verdictOf: ({ status }) => (status === 'unknown' ? 'no_data' : badIf(status !== 'healthy')),
    describe: ({ subject, status, reason }) => seen(`${subject.name} is ${status}: ${reason}`),
  }),
  circuit_opened: (): Judge<CircuitFacts> => ({
    verdictOf: ({ state }) => badIf(state !== 'closed'),
    describe: (facts) =>
      seen(
        `The circuit of ${nameOf(facts)} is ${facts.state === 'open' ? 'open' : 'half-open'}${facts.lastError === null ? '' : `: ${facts.lastError}`}`,
      ),
  }),
  circuit_flapping: ({ openings, windowMs }): Judge<CircuitFacts> => ({
    verdictOf: ({ openedAt }, { now }) => badIf(countSince(openedAt, now - windowMs) >= openings),
    describe: (facts, { now }) => {
      const count = countSince(facts.openedAt, now - windowMs)
      return {
        value: count,
        sentence: `The circuit of ${nameOf(facts)} opened ${count} times in ${spanText(windowMs)}`,
      }
    },
  }),
  success_rate: judgeSuccessRate,
  latency_p95: judgeLatency,
  burn_rate: judgeBurnRate,
  no_traffic: judgeTraffic,
  route_members: ({ atMost }): Judge<RouteFacts> => ({
    verdictOf: ({ eligible }) => badIf(eligible <= atMost),
    describe: ({ subject, eligible, members }) => ({
      value: eligible,
      sentence: `Route ${subject.name} has ${eligible} of ${members} members eligible`,
    }),
  }),
  probe_cost: ({ share, of }): Judge<ProviderFacts> => ({
    verdictOf: (facts) => {
      if (facts.probeCost === null) return 'good'
      const usd = of === 'spent' ? facts.probeCost.spentUsd : facts.probeCost.projectedUsd
      return usd === null ? 'no_data' : badIf(usd > 0 && usd >= share * facts.probeCost.budgetUsd)
    },
    describe: ({ subject, probeCost }) => {
      const usd = of === 'spent' ? probeCost?.spentUsd : probeCost?.projectedUsd
      return {
        value: usd ?? null,
        sentence: `Probes of ${subject.name} ${of === 'spent' ? 'have cost' : 'will cost'} ${usdText(usd)} today, of a budget of ${usdText(probeCost?.budgetUsd)}`,
      }
    },
  }),
  override_ending: ({ withinMs }): Judge<CircuitFacts> => ({
    verdictOf: ({ overrideUntil }, { now }) =>
      badIf(overrideUntil !== null && overrideUntil > now && overrideUntil - now <= withinMs),
    describe: (facts, { now }) => {
      const leftMs = (facts.overrideUntil ?? now) - now
      return { value: leftMs, sentence: `The override of ${nameOf(facts)} ends in ${spanText(leftMs)}` }
    },
  }),
  monitor_impaired: (): Judge<MonitorFacts> => ({
    verdictOf: ({ isImpaired, isEgressDown }) => badIf(isImpaired || isEgressDown),
    describe: ({ reason }) => seen(`Switchyard is impaired${reason === null ? '' : `: ${reason}`}`),
  }),
}

/** The judge of a condition; it may be asked only about facts of the kind that `subjectTypeOf` names. */
export function judgeOf(condition: AlertCondition): Judge {
  const make = MAKERS[condition.type] as (condition: AlertCondition) => Judge
  return make(condition)
}

const seen = (sentence: string): Seen => ({ value: null, sentence })

const nameOf = ({ subject }: CircuitFacts): string =>
  subject.model === null ? subject.name : `${subject.name}, model ${subject.model}`

const usdText = (usd: number | null | undefined): string =>
  typeof usd === 'number' ? `$${usd.toFixed(2)}` : 'an unknown sum'

function countSince(times: readonly number[], from: number): number {
  let count = 0
  for (let i = times.length - 1; i >= 0 && (times[i] ?? 0) > from; i -= 1) count += 1
  return count
}
