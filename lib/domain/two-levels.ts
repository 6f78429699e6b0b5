import type { CircuitState, CircuitVerdict } from './circuit.ts'
import { CONNECTION_KINDS, type Outcome } from './outcome.ts'

/** What an outcome tells one circuit; `cools`: the wish to be left alone is meant for it. */
export type LevelEffect = { verdict: CircuitVerdict; cools: boolean }

/** What an outcome tells the provider's circuit and, for traffic that named one, the model's. */
export type Effects = { provider: LevelEffect; model: LevelEffect | null }

const NEUTRAL: LevelEffect = { verdict: 'neutral', cools: false }
const SUCCESS: LevelEffect = { verdict: 'success', cools: false }
const FAILURE: LevelEffect = { verdict: 'failure', cools: true }
const COOLS: LevelEffect = { verdict: 'neutral', cools: true }
const TRIP: LevelEffect = { verdict: 'trip', cools: false }

type Blamed = Pick<
  Outcome,
  'class' | 'kind' | 'source' | 'model' | 'httpStatus' | 'completion' | 'accountWide'
>

/**
 * Whose fault an outcome is: the connection and the credentials are the provider's, what came after is the
 * model's, and an answer over HTTP shows that the provider itself is there. Checks speak for the provider as
 * a whole. A circuit opened by its models (`completionsOnly`) hears nothing but how completions end.
 */
export function effectsOf(outcome: Blamed, completionsOnly: boolean): Effects {
  const hasModel = outcome.source === 'passive' && outcome.model !== null
  const effects = hasModel ? trafficEffects(outcome) : { provider: wholeEffect(outcome), model: null }
  return completionsOnly ? { ...effects, provider: completionEffect(outcome, effects) } : effects
}

function wholeEffect(outcome: Blamed): LevelEffect {
  switch (outcome.class) {
    case 'ok':
      return SUCCESS
    case 'provider_error':
      return FAILURE
    case 'credentials':
      return TRIP
    case 'rate_limited':
      return COOLS
    case 'client_error':
    case 'cancelled':
    case 'internal':
      return NEUTRAL
  }
}

function trafficEffects(outcome: Blamed): Effects {
  switch (outcome.class) {
    case 'ok':
      return { provider: SUCCESS, model: SUCCESS }
    case 'provider_error':
      return failureEffects(outcome)
    case 'rate_limited':
      return outcome.accountWide ? { provider: COOLS, model: NEUTRAL } : { provider: SUCCESS, model: COOLS }
    case 'credentials':
      return { provider: TRIP, model: NEUTRAL }
    case 'client_error':
    case 'cancelled':
    case 'internal':
      return { provider: NEUTRAL, model: NEUTRAL }
  }
}

function failureEffects({ kind, httpStatus }: Blamed): Effects {
  if (kind !== null && CONNECTION_KINDS.has(kind)) return { provider: FAILURE, model: NEUTRAL }
  return { provider: httpStatus === null ? NEUTRAL : SUCCESS, model: FAILURE }
}

/** What a completion's end says about a provider whose models are down: the model's own verdict, not that HTTP answered. */
function completionEffect(outcome: Blamed, effects: Effects): LevelEffect {
  if (effects.provider.verdict === 'trip') return TRIP
  if (!outcome.completion) return { ...effects.provider, verdict: 'neutral' }
  const decisive =
    effects.model !== null && effects.model.verdict !== 'neutral' ? effects.model : effects.provider
  if (decisive.verdict === 'success' && outcome.class !== 'ok') return NEUTRAL
  return { verdict: decisive.verdict, cools: effects.provider.cools }
}

/** How long traffic makes a model count for `modelsBringDown`, ms. */
export const MODEL_TRAFFIC_MS = 600_000

/**
 * Whether a provider's models bring its own circuit down: at least two with traffic in the last ten minutes
 * (or the only one) are open or half-open, and they are at least half of those.
 */
export function modelsBringDown(
  models: readonly { state: CircuitState; lastTrafficAt: number }[],
  at: number,
): boolean {
  const inUse = models.filter((model) => at - model.lastTrafficAt <= MODEL_TRAFFIC_MS)
  const down = inUse.filter((model) => model.state !== 'closed').length
  return (down >= 2 || (down === 1 && inUse.length === 1)) && down * 2 >= inUse.length
}
