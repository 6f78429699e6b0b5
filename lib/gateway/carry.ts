import type { IncomingHttpHeaders } from 'node:http'
import type { OutcomeClass, Verdict } from '#lib/domain/outcome.ts'
import type { RoutedRequest } from '#lib/services/routing/routed-request.ts'
import type { ApiShape } from './apis/api-shape.ts'
import type { AttemptLimits, AttemptResult } from './attempt-result.ts'
import { Attempt, type AttemptOwner } from './attempt.ts'
import {
  type Cut,
  cutByClient,
  cutByClientDeadline,
  cutBySlowUpload,
  cutByStop,
  cutByTimeout,
} from './cut.ts'
import { gatewayError } from './errors.ts'
import { endClassOf, finalAnswer, type Last } from './final-answer.ts'
import type { GatewayWorld } from './gateway-world.ts'
import type { BodyFields, ReadBody } from './read-body.ts'
import type { Reply } from './reply.ts'
import { streamError } from './stream-error.ts'
import { UploadWatch } from './upload-watch.ts'

/** A request that has been read and has found its route. */
export type Carried = {
  shape: ApiShape
  headers: IncomingHttpHeaders
  query: string
  body: ReadBody
  fields: BodyFields
  routed: RoutedRequest
  limits: AttemptLimits
  /** When it must be over, fleet time, and whether it was the client who said so. */
  deadlineAt: number
  isClientDeadline: boolean
  /** What is served over the API that was called, in words. */
  served: () => string
  /** Told once, when all is over, of the tokens it took, and of the pieces that its stream said. */
  onOver: (usage: AttemptResult['usage'], pieces: number) => void
}

/**
 * Carries one request: attempt after attempt until one has something for the client or none may follow. Every admission
 * is settled exactly once, however the request ends.
 */
export class Carry implements AttemptOwner {
  private readonly world: GatewayWorld
  private readonly carried: Carried
  private readonly reply: Reply
  private attempt: Attempt | null = null
  private cut: Cut | null = null
  private usage: AttemptResult['usage'] = null
  private pieces = 0
  private isOver = false
  /** Null where the body is there already. */
  private readonly upload: UploadWatch | null

  constructor(world: GatewayWorld, carried: Carried, reply: Reply) {
    this.world = world
    this.carried = carried
    this.reply = reply
    this.upload = carried.body.isWhole
      ? null
      : new UploadWatch({
          now: world.clock.now,
          onEnd: () => this.attempt?.bodySent(),
          onBroken: () => this.clientGone(),
        })
  }

  /** Makes the next attempt, or answers that there can be none. */
  tryNext(last: Last | null = null): void {
    const { routed, shape, fields, limits, body } = this.carried
    const admission = routed.next()
    this.reply.facts.decisionId = routed.decision.id
    if (admission === null) return this.giveUp(last)
    const attempt = new Attempt({
      owner: this,
      admission,
      shape,
      limits,
      gateway: this.world.limits,
      wantsStream: fields.stream,
      isBodyWhole: body.isWhole,
      now: this.world.clock.now,
    })
    this.attempt = attempt
    this.upload?.begin()
    this.reply.facts.providerId = admission.provider.id
    this.reply.facts.attempts += 1
    this.reply.facts.attemptAt = this.world.elapsed()
    const sent = body.as(admission.model, fields.model, this.upload)
    const call = this.world.upstream.call(
      {
        provider: admission.provider,
        api: shape.api,
        model: admission.model,
        headers: this.carried.headers,
        query: this.carried.query,
        body: sent.body,
        bodyBytes: sent.bytes,
        connectMs: this.world.limits.connectMs,
      },
      attempt,
    )
    attempt.follow(call)
  }

  /** The client went away, or is sent away because it does not read. */
  clientGone(): void {
    if (!this.isOver) this.cutOff(cutByClient())
  }

  /** The process has to stop: what is open is cut off, at nobody's expense. */
  stop(): void {
    this.cutOff(cutByStop())
  }

  sweep(now: number): void {
    const { blockedSince } = this.reply
    const { clientStallMs } = this.world.limits
    if (blockedSince !== null && now - blockedSince >= clientStallMs) {
      this.clientGone()
      return this.reply.breakOff()
    }
    if (this.isOver) return
    const complaint = this.upload?.complaint(now, this.world.limits) ?? null
    if (complaint !== null) return this.cutOff(cutBySlowUpload(complaint))
    this.attempt?.sweep(now)
    if (now >= this.carried.deadlineAt) this.deadlinePassed()
  }

  commit(attempt: Attempt): void {
    this.reply.begin(attempt.status ?? 200, attempt.headers, attempt.length)
  }

  forward(chunk: Buffer): void {
    const { attempt } = this
    if (!this.reply.write(chunk, () => attempt?.resume())) attempt?.pause()
  }

  over(attempt: Attempt, result: AttemptResult): void {
    this.usage = result.usage ?? this.usage
    this.pieces += result.pieces
    // Before anybody in the house is told: the client waits for nothing but its answer.
    if (this.reply.isStarted) this.endStarted(attempt, result)
    else if (attempt.isGood(result)) this.reply.whole(attempt.status ?? 200, attempt.headers, result)
    this.settle(attempt, result)
  }

  private settle(attempt: Attempt, result: AttemptResult): void {
    try {
      const verdict = this.carried.routed.settle(attempt.admission, attempt.end(result))
      // What has been answered has nothing to wait for; before that, whoever called is let finish first.
      if (this.reply.isStarted && 'class' in verdict) this.finishAnswered(attempt, verdict)
      else void this.goOn(attempt, result, verdict).catch((error: unknown) => this.failed(error))
    } catch (error) {
      this.failed(error)
    }
  }

  private finishAnswered(attempt: Attempt, verdict: Verdict): void {
    this.attempt = null
    this.finish(this.cut?.endClass ?? verdict.class, attempt.status ?? 200)
  }

  private async goOn(
    attempt: Attempt,
    result: AttemptResult,
    judged: Verdict | Promise<Verdict>,
  ): Promise<void> {
    const { body, deadlineAt, routed } = this.carried
    const verdict = await judged
    if (this.reply.isStarted) return this.finishAnswered(attempt, verdict)
    this.attempt = null
    if (this.cut !== null) this.endCut(this.cut, verdict)
    else if (body.isWhole && this.world.clock.now() < deadlineAt && routed.mayRetry(verdict))
      this.tryNext({ verdict, result })
    else this.giveUp({ verdict, result })
  }

  /** What was begun and did not go well ends so that the client can tell. */
  private endStarted(attempt: Attempt, result: AttemptResult): void {
    if (result.failure === null) this.reply.end()
    else if (!attempt.isStream) this.reply.breakOff()
    // A provider's own error has been passed on as the last event.
    else if (result.failure.kind === 'error_body') this.reply.end()
    else {
      const frame = this.carried.shape.errorFrame(streamError(result.failure, this.cut?.error ?? null))
      this.reply.end(attempt.isMidFrame ? `\n\n${frame}` : frame)
    }
  }

  private endCut({ error, endClass }: Cut, verdict: Verdict): void {
    const status = error === null ? CLIENT_GONE_STATUS : this.reply.error(error)
    this.finish(endClass ?? verdict.class, status)
  }

  private giveUp(last: Last | null): void {
    const { routed, served } = this.carried
    const final = finalAnswer({
      last,
      selection: routed.selection,
      attempts: this.reply.facts.attempts,
      now: this.world.clock.now(),
      served,
    })
    const status = 'code' in final ? this.reply.error(final) : this.reply.passed(final)
    this.finish(endClassOf(final, last), status)
  }

  private deadlinePassed(): void {
    const { isClientDeadline, limits } = this.carried
    const within = `within ${limits.timeoutMs / 1_000} s`
    if (isClientDeadline) this.cutOff(cutByClientDeadline(within))
    else if (this.reply.blockedSince !== null) {
      // What the client does not read, no provider can complete.
      this.clientGone()
      this.reply.breakOff()
    } else if (this.upload?.isWaiting === true)
      this.cutOff(cutBySlowUpload(`The body was not there ${within}.`))
    else this.cutOff(cutByTimeout(within, this.attempt?.status != null))
  }

  private cutOff(cut: Cut): void {
    if (this.isOver || this.cut !== null) return
    this.cut = cut
    this.attempt?.fail(cut.failure)
  }

  private failed(error: unknown): void {
    this.world.onFault(error)
    if (this.isOver) return
    if (this.reply.isStarted) this.reply.breakOff()
    else this.reply.error(gatewayError('internal_error', 'The gateway failed by its own fault.'))
    this.finish('internal', 500)
  }

  private finish(endClass: OutcomeClass, httpStatus: number): void {
    if (this.isOver) return
    this.isOver = true
    const { routed, onOver } = this.carried
    routed.end({ class: endClass, httpStatus, attempts: this.reply.facts.attempts })
    onOver(this.usage, this.pieces)
  }
}

/** Nobody is told it; it stands in the decision, as nginx writes it. */
const CLIENT_GONE_STATUS = 499
