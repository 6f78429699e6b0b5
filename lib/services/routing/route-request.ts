import { AppError } from '#lib/domain/errors.ts'
import type { OutcomeClass, Verdict } from '#lib/domain/outcome.ts'
import type { RequestEnd, Selection } from '#lib/domain/routing/decision.ts'
import type { Engine } from '../engine.ts'
import { judgeCall } from '../judge-call.ts'
import type { Ticket } from './admit.ts'
import { chooseProvider } from './choose-provider.ts'
import { expirePermits } from './end-permit.ts'
import { isFailure } from './decision-log.ts'
import { abandonCall, attemptOf, finishCall, type CallEnd } from './finish-call.ts'
import { closeDecision, openDecision, recordSelection } from './open-decision.ts'
import type { Admission, AttemptEnd, RoutedRequest, RouteRequestInput } from './routed-request.ts'
import { liveRoute } from './routing.ts'

/** What another provider may do better. */
const RETRIED: ReadonlySet<OutcomeClass> = new Set(['provider_error', 'rate_limited', 'credentials'])

const NOBODY: ReadonlySet<string> = new Set()

/** Of an attempt that its request outlived not. */
const LEFT_OPEN: Verdict = {
  class: 'cancelled',
  kind: 'client_gone',
  message: 'the request ended before its attempt',
  retryAfterMs: null,
}

/** Begins a request's way through a route. Whatever happens to it, `end` must be called. */
export function routeRequest(engine: Engine, input: RouteRequestInput): RoutedRequest {
  const { fleet, clock, world } = engine
  const { route, facts } = input
  const live = liveRoute(engine.routing, route)
  const decision = openDecision(engine, input)
  const tried = new Set<string>()
  const open = new Set<Ticket>()
  const verdicts = new Map<Admission, Promise<Verdict>>()
  let selection: Selection | null = null
  let admitted = 0
  let beingJudged = 0
  let ended: RequestEnd | null = null
  live.retries.countRequest(decision.at)

  function next(): Admission | null {
    if (ended !== null) return null
    expirePermits(engine)
    const begun = world.nowUs()
    const chosen = chooseProvider(engine, live, { route, facts, exclude: NOBODY, tried })
    selection = chosen.selection
    recordSelection(engine, live, { decision, selection })
    const { ticket } = chosen
    if (ticket !== null) {
      admitted += 1
      tried.add(ticket.provider.id)
      open.add(ticket)
    }
    decision.tookUs += world.nowUs() - begun
    return ticket
  }

  function settle(admission: Admission, { raw, firstTokenMs, timeoutMs }: AttemptEnd): Promise<Verdict> {
    const known = verdicts.get(admission)
    if (known !== undefined) return known
    const ticket = ticketOf(admission)
    const finish = (verdict: Verdict) => close(ticket, { ...raw, verdict, firstTokenMs })
    const judged = judgeCall(fleet, world, { entry: ticket.entry, raw, source: 'passive', timeoutMs })
    if (!('then' in judged)) return finish(judged)
    beingJudged += 1
    const verdict = judged
      .finally(() => {
        beingJudged -= 1
      })
      .then(finish, (error: unknown) => {
        drop(ticket)
        throw error
      })
    verdicts.set(admission, verdict)
    return verdict
  }

  function ticketOf(admission: Admission): Ticket {
    for (const ticket of open) if (ticket === admission) return ticket
    throw new AppError('internal', 'An attempt was settled that is not one of this request.')
  }

  /** Settles a ticket, once. */
  function close(ticket: Ticket, end: CallEnd): Promise<Verdict> {
    open.delete(ticket)
    finishCall(fleet, ticket, end)
    const attempt = attemptOf(ticket, end)
    decision.attempts.push(attempt)
    if (ticket.variant !== null) live.traffic.countVariant(clock.now(), ticket.variant, attempt)
    const verdict = Promise.resolve(end.verdict)
    verdicts.set(ticket, verdict)
    closeIfOver()
    return verdict
  }

  /** Gives back what a ticket holds whose end nobody could judge. */
  function drop(ticket: Ticket): void {
    open.delete(ticket)
    abandonCall(fleet, ticket)
    closeIfOver()
  }

  function mayRetry(verdict: Verdict): boolean {
    if (!RETRIED.has(verdict.class)) return false
    const { routing } = fleet.settings.settings
    if (admitted >= (route.limits.maxAttempts ?? routing.maxAttempts)) return false
    return live.retries.takeRetry(clock.now(), routing)
  }

  function end(how: RequestEnd): void {
    if (ended !== null) return
    ended = how
    const endedAt = clock.now()
    for (const ticket of open) {
      if (verdicts.has(ticket)) continue
      const { startedAt } = ticket
      void close(ticket, {
        verdict: LEFT_OPEN,
        startedAt,
        endedAt,
        httpStatus: null,
        firstTokenMs: null,
        usage: null,
      })
    }
    closeIfOver()
  }

  let isClosed = false
  /** A decision is whole when the request has ended and its last attempt is judged. */
  function closeIfOver(): void {
    if (ended === null || open.size > 0 || beingJudged > 0 || isClosed) return
    isClosed = true
    if (selection !== null) closeDecision(engine, live, { decision, failed: isFailure(ended.class) })
  }

  return {
    decision,
    get selection() {
      return selection
    },
    next,
    settle,
    mayRetry,
    end,
  }
}
