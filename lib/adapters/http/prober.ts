import type { Provider } from '#lib/domain/provider.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import type { TargetPolicy } from '#lib/domain/target-policy.ts'
import type { Clock, Prober, Secrets } from '#lib/services/ports.ts'
import { type Exchanged, type ExchangeLimits, type Spans } from './exchange.ts'
import { failed, type Failure } from './failure.ts'
import { judgeAnswer } from './judge-answer.ts'
import { createKeyReader, type ResolveReference } from './key-reader.ts'
import { openHeaders } from './sealed-headers.ts'
import type { Resolve } from './lookup.ts'
import { planProbe, type ProbePlan } from './plan-probe.ts'
import { type HttpPlan, MAX_BODY_BYTES } from './probe-plan.ts'
import { redirected } from './redirect.ts'
import { createTargetGuard } from './target-guard.ts'
import { createTransport, type HttpRequest, type SendOptions, type Transport } from './transport.ts'
import { spanWords } from './words.ts'

/** What a prober is made of. Time-outs in ms; the whole check's time-out is each check's own. */
export type ProberOptions = {
  clock: Clock
  secrets: Pick<Secrets, 'open'>
  resolveReference: ResolveReference
  /** Which places besides the internet may be checked. */
  targets: TargetPolicy
  /** The longest that name, connection and TLS together may take. */
  connectTimeoutMs?: number
  /** The longest until the answer begins, counted from the request; usually only the whole time-out limits it. */
  firstByteTimeoutMs?: number
  /** Stands in for the system's name resolution. */
  resolve?: Resolve
}

/** One check under way. */
type Run = { spans: Spans; timeoutMs: number; startedAt: number; signal: AbortSignal }

/**
 * A prober over real connections. A signal ends a check at once, with a result that says so; `close` ends all and
 * frees every connection.
 */
export function createProber(options: ProberOptions): Prober & { close: () => Promise<void> } {
  const { clock, connectTimeoutMs = 5_000, firstByteTimeoutMs = Infinity } = options
  const transport = createTransport(clock, createTargetGuard(options.targets, options.resolve))
  const readKey = createKeyReader(options.secrets, options.resolveReference)
  const plans = new WeakMap<Provider, { key: string | null; plan: ProbePlan | Failure }>()

  const planOf = (provider: Provider, key: string | null): ProbePlan | Failure => {
    const known = plans.get(provider)
    if (known !== undefined && known.key === key) return known.plan
    const opened = openHeaders(provider, options.secrets)
    const plan = 'baseUrl' in opened ? planProbe(opened, key) : opened
    plans.set(provider, { key, plan })
    return plan
  }

  const limitsOf = (run: Run, overflow: ExchangeLimits['overflow']): ExchangeLimits => ({
    connectMs: connectTimeoutMs,
    firstByteMs: firstByteTimeoutMs,
    remainingMs: Math.max(1, run.timeoutMs - (clock.now() - run.startedAt)),
    timeoutMs: run.timeoutMs,
    bodyBytes: MAX_BODY_BYTES,
    overflow,
  })

  const optionsOf = (run: Run, plan: HttpPlan): SendOptions => ({
    limits: limitsOf(run, plan.overflow),
    spans: run.spans,
    signal: run.signal,
    fresh: plan.fresh,
  })

  const execute = async (plan: ProbePlan, run: Run): Promise<Partial<RawResult>> => {
    if (plan.type === 'tcp') {
      return { failure: await transport.connect(plan, { ...run, limits: limitsOf(run, 'fail') }) }
    }
    let request = plan.request
    for (let followed = 0; ; followed += 1) {
      const exchanged = await sendOnce(transport, request, () => optionsOf(run, plan))
      const next = exchanged.status === plan.expectStatus ? null : redirected(exchanged, request, followed)
      if (next === null) return judgeAnswer(exchanged, plan, plan.secrets)
      if ('kind' in next) return { httpStatus: exchanged.status, failure: next }
      request = next
    }
  }

  return {
    probe: async (provider, { timeoutMs, signal }) => {
      const startedAt = clock.now()
      const spans: Spans = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null }
      const end = (over: Partial<RawResult>): RawResult => {
        const endedAt = clock.now()
        const failure = over.failure ?? tooLate(endedAt - startedAt, timeoutMs)
        return { ...blank(startedAt, endedAt, spans), ...over, failure }
      }
      const found = await readKey(provider)
      if (found.failure !== null) return end({ failure: found.failure })
      if (signal.aborted) return end({ failure: failed('client_gone', 'check abandoned') })
      const plan = planOf(provider, found.key)
      return end(
        'kind' in plan ? { failure: plan } : await execute(plan, { spans, timeoutMs, startedAt, signal }),
      )
    },
    close: transport.close,
  }
}

/**
 * Sends a request, a second time when a kept connection turned out to be closed: a server may drop an idle one at the
 * very moment it is used, which says nothing about its health. Paid requests never go over a kept connection.
 */
async function sendOnce(
  transport: Transport,
  request: HttpRequest,
  optionsOf: () => SendOptions,
): Promise<Exchanged> {
  const exchanged = await transport.send(request, optionsOf())
  const stale = exchanged.reused && exchanged.status === null && exchanged.failure?.kind === 'reset'
  return stale ? transport.send(request, { ...optionsOf(), fresh: true }) : exchanged
}

/**
 * What is wrong with an answer that lay here until the time-out was over. As a good one it would say that the provider had
 * taken as long as this machine slept.
 */
const tooLate = (tookMs: number, timeoutMs: number): Failure | null =>
  tookMs <= timeoutMs ? null : failed('response_timeout', `no answer within ${spanWords(timeoutMs)}`)

function blank(startedAt: number, endedAt: number, spans: Spans): RawResult {
  return {
    startedAt,
    endedAt,
    phases: {
      dnsMs: tenths(spans.dnsMs),
      connectMs: tenths(spans.connectMs),
      tlsMs: tenths(spans.tlsMs),
      firstByteMs: tenths(spans.firstByteMs),
    },
    httpStatus: null,
    headers: {},
    failure: null,
    errorCode: null,
    excerpt: null,
    usage: null,
  }
}

const tenths = (ms: number | null): number | null => (ms === null ? null : Math.round(ms * 10) / 10)
