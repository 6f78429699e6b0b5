import { AppError } from '#lib/domain/errors.ts'
import type { OutcomeClass, Verdict } from '#lib/domain/outcome.ts'
import type { RequestEnd, Selection } from '#lib/domain/routing/decision.ts'
import type { Engine } from '../engine.ts'
import { judgeCall, latencyOf } from '../judge-call.ts'
import type { Ticket } from './admit.ts'
import { chooseProvider } from './choose-provider.ts'
import { expirePermits } from './end-permit.ts'
import { abandonCall, attemptOf, finishCall, type CallEnd } from './finish-call.ts'
import { listWith } from './list-with.ts'
import { closeDecision, openDecision, recordSelection, type OpenDecision } from './open-decision.ts'
import type { Admission, AttemptEnd, RoutedRequest, RouteRequestInput } from './routed-request.ts'
import { liveRoute, type LiveRoute } from './routing.ts'

/** What another provider may do better. */
const RETRIED: ReadonlySet<OutcomeClass> = new Set(['provider_error', 'rate_limited', 'credentials'])

const NOBODY: ReadonlySet<string> = new Set()
const NO_TICKETS: readonly Ticket[] = []

/** Of an attempt that its request outlived not. */
const LEFT_OPEN: Verdict = {
  class: 'cancelled',
  kind: 'client_gone',
  message: 'the request ended before its attempt',
  retryAfterMs: null,
}

/** Begins a request's way through a route. Whatever happens to it, `end` must be called. */
export const routeRequest = (engine: Engine, input: RouteRequestInput): RoutedRequest =>
  new RequestOnItsWay(engine, input)

// A class, because its methods and its getter are made once, not for each request.
class RequestOnItsWay implements RoutedRequest {
  readonly decision: OpenDecision
  selection: Selection | null = null
  readonly #engine: Engine
  readonly #input: RouteRequestInput
  readonly #live: LiveRoute
  /** All that were admitted, in their order; those without a verdict are open. */
  #tickets: readonly Ticket[] = NO_TICKETS
  #unsettled = 0
  #ended: RequestEnd | null = null

  constructor(engine: Engine, input: RouteRequestInput) {
    this.#engine = engine
    this.#input = input
    this.#live = liveRoute(engine.routing, input.route)
    this.decision = openDecision(engine, input)
    this.#live.retries.countRequest(this.decision.at)
  }

  next(): Admission | null {
    if (this.#ended !== null) return null
    const engine = this.#engine
    const { decision } = this
    expirePermits(engine)
    const begun = engine.world.nowUs()
    const { route, facts } = this.#input
    const wish = { route, facts, exclude: NOBODY, tried: triedBy(this.#tickets) }
    const { selection, ticket } = chooseProvider(engine, this.#live, wish)
    this.selection = selection
    recordSelection(engine, this.#live, { decision, selection })
    if (ticket !== null) {
      this.#tickets = listWith(this.#tickets, ticket)
      this.#unsettled += 1
    }
    decision.tookUs += engine.world.nowUs() - begun
    return ticket
  }

  settle(admission: Admission, { raw, firstTokenMs, timeoutMs }: AttemptEnd): Verdict | Promise<Verdict> {
    const ticket = ticketOf(this.#tickets, admission)
    if (ticket.verdict !== null) return ticket.verdict
    const { startedAt, endedAt, httpStatus, usage } = raw
    const { fleet, world } = this.#engine
    // A stream goes on for as long as its answer is; how fast the provider is, its first token says.
    const tookMs = firstTokenMs ?? endedAt - startedAt
    const latencyMs = latencyOf(world, { startedAt, tookMs, timeoutMs })
    const finish = (verdict: Verdict) => {
      this.#close(ticket, { verdict, startedAt, endedAt, httpStatus, latencyMs, firstTokenMs, usage })
      return verdict
    }
    const judged = judgeCall(fleet, world, { entry: ticket.entry, raw, source: 'passive', timeoutMs })
    ticket.verdict =
      'then' in judged
        ? judged.then(finish, (error: unknown) => {
            this.#drop(ticket)
            throw error
          })
        : finish(judged)
    return ticket.verdict
  }

  mayRetry(verdict: Verdict): boolean {
    const isRefused = verdict.kind === 'refused_by_policy'
    if (!isRefused && !RETRIED.has(verdict.class)) return false
    const { fleet, clock } = this.#engine
    const { routing } = fleet.settings.settings
    const { maxAttempts } = this.#input.route.limits
    if (this.#tickets.length >= (maxAttempts ?? routing.maxAttempts)) return false
    // Where nothing was sent, another attempt multiplies nothing.
    return isRefused || this.#live.retries.takeRetry(clock.now(), routing)
  }

  end(how: RequestEnd): void {
    if (this.#ended !== null) return
    this.#ended = how
    if (this.#unsettled === 0) this.#closeIfOver()
    else for (const ticket of this.#tickets) this.#leave(ticket)
  }

  /** Gives back what a ticket holds and records how it ended. */
  #close(ticket: Ticket, end: CallEnd): void {
    const { fleet, clock } = this.#engine
    finishCall(fleet, ticket, end)
    const attempt = attemptOf(ticket, end)
    this.decision.attempts = listWith(this.decision.attempts, attempt)
    if (ticket.variant !== null) this.#live.traffic.countVariant(clock.now(), ticket.variant, attempt)
    this.#unsettled -= 1
    this.#closeIfOver()
  }

  /** Gives back what a ticket holds whose end could not be judged. */
  #drop(ticket: Ticket): void {
    abandonCall(this.#engine.fleet, ticket)
    this.#unsettled -= 1
    this.#closeIfOver()
  }

  /** Settles a ticket that its carrier has left open. */
  #leave(ticket: Ticket): void {
    if (ticket.verdict !== null) return
    const { startedAt } = ticket
    const endedAt = this.#engine.clock.now()
    ticket.verdict = LEFT_OPEN
    this.#close(ticket, {
      verdict: LEFT_OPEN,
      startedAt,
      endedAt,
      httpStatus: null,
      latencyMs: endedAt - startedAt,
      firstTokenMs: null,
      usage: null,
    })
  }

  /** A decision is whole when the request has ended and its last attempt is judged. */
  #closeIfOver(): void {
    if (this.#ended === null || this.#unsettled > 0 || this.selection === null) return
    closeDecision(this.#engine, this.#live, { decision: this.decision, outcome: this.#ended.class })
  }
}

const triedBy = (tickets: readonly Ticket[]): ReadonlySet<string> =>
  tickets.length === 0 ? NOBODY : new Set(tickets.map(({ provider }) => provider.id))

function ticketOf(tickets: readonly Ticket[], admission: Admission): Ticket {
  for (const ticket of tickets) if (ticket === admission) return ticket
  throw new AppError('internal', 'An attempt was settled that is not one of this request.')
}
