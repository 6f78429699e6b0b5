import type { FleetEventRecord, OverrideEvent, TransitionRecord } from '#lib/contract/circuit.ts'
import type { CircuitState, TransitionCause } from '#lib/domain/circuit.ts'
import { inARow } from '#lib/domain/health-words.ts'
import { capitalise, inWords, THIN } from './format.ts'
import { keepUnits } from './keep-units.ts'

/** A circuit's states as operators read them. */
export const STATE_WORDS: Readonly<Record<CircuitState, string>> = {
  closed: 'closed',
  open: 'open',
  half_open: 'half-open',
}

const withShare = (words: string, part: number, calls: number) =>
  calls === 0 ? words : `${words} (${part} of ${calls}, ${Math.round((100 * part) / calls)}${THIN}%)`

const CAUSE_WORDS: Record<TransitionCause, (transition: TransitionRecord) => string> = {
  consecutive_failures: ({ evidence }) => inARow(evidence.consecutiveFailures),
  failure_rate: ({ evidence }) => withShare('too many failures', evidence.failures, evidence.calls),
  slow_calls: ({ evidence }) => withShare('too many slow calls', evidence.slow, evidence.calls),
  credentials: () => 'credentials refused',
  models_open: () => 'its models are open',
  recovery_timeout: () => 'open time over',
  trial_succeeded: () => 'trials succeeded',
  trial_failed: () => 'trial failed',
  operator: ({ actor, reason }) => (reason === null ? `reset by ${actor}` : `reset by ${actor}: ${reason}`),
  settings: ({ actor }) => `configuration changed by ${actor}`,
}

const FAILING: ReadonlySet<TransitionCause> = new Set<TransitionCause>([
  'consecutive_failures',
  'failure_rate',
  'credentials',
  'trial_failed',
])

/** Why a circuit changed its state, with the newest error where failures did it: "trial failed: connect timeout". */
export function causeWords(transition: TransitionRecord): string {
  const words = CAUSE_WORDS[transition.cause](transition)
  const [error] = transition.evidence.lastErrors
  return error !== undefined && FAILING.has(transition.cause) ? `${words}: ${keepUnits(error)}` : words
}

function transitionWords(transition: TransitionRecord): string {
  if (transition.from === transition.to)
    return `stays ${STATE_WORDS[transition.to]}, ${causeWords(transition)}`
  const verb = { open: 'opened', closed: 'closed', half_open: 'half-open' }[transition.to]
  const again = transition.from === 'half_open' && transition.to === 'open' ? ' again' : ''
  return `${verb}${again}: ${causeWords(transition)}`
}

function overrideWords({ phase, override, actor, reason }: OverrideEvent): string {
  const mode = inWords(override.mode)
  switch (phase) {
    case 'set':
      return `${mode} by ${override.actor}: ${override.reason}`
    case 'released':
      return `${mode} released by ${actor}${reason === null ? '' : `: ${reason}`}`
    case 'expired':
      return `${mode} expired`
    case 'self_released':
      return `${mode} released itself: too many failures`
  }
}

/** What happened, in one line without time and provider: "opened: 5 failures in a row: connect timeout". */
export function eventWords(event: FleetEventRecord): string {
  switch (event.kind) {
    case 'transition':
      return transitionWords(event)
    case 'override':
      return overrideWords(event)
    case 'cooling':
      return `cooling: ${keepUnits(event.reason)}`
    case 'action':
      return event.reason === null
        ? `${event.summary} by ${event.actor}`
        : `${event.summary} by ${event.actor}: ${event.reason}`
    case 'marker':
      return event.text === null ? event.title : `${event.title}: ${event.text}`
  }
}

/** The same as a line of its own. A marker's title stays as it was written: it may begin with the name of a thing. */
export const eventLine = (event: FleetEventRecord): string =>
  event.kind === 'marker' ? eventWords(event) : capitalise(eventWords(event))
