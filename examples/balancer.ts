// A load balancer in one file, with nothing but fetch: Switchyard chooses, this carries, and the outcome goes back.

/** Where a provider takes chat completions, and the headers it wants, its key among them; Switchyard sees neither. */
export type Endpoint = { url: string; headers: Readonly<Record<string, string>> }

export type BalancerOptions = {
  consoleUrl: string
  /** An API key for the purposes `select` and `outcomes`; without one the console must ask nobody to sign in. */
  consoleKey?: string | undefined
  route: string
  /** By Switchyard's id of the provider. */
  endpoints: Readonly<Record<string, Endpoint>>
  maxAttempts?: number
  timeoutMs?: number
}

/** What a provider answered; a status of 400 and more is a mistake that only the caller can mend. */
export type Answer = { providerId: string; status: number; body: unknown; attempts: number }

/** A provider of the route, and the model's name there; null: it does not serve it. */
type Member = { providerId: string; model: string | null }

/** The part of Switchyard's decision that carrying a call needs. */
type Decision = {
  chosen: string | null
  reason: string
  returnsAt: string | null
  candidates: Member[]
  permit: { token: string; trial: boolean; expiresAt: string } | null
}

/** Whom to call, under which name the model is known there, and the permit to give back with the outcome. */
type Choice = { providerId: string; model: string; permit: Decision['permit'] }

/** How a call ended, in the words of `POST /api/outcomes`. */
type Outcome = { httpStatus?: number; error?: string; class?: string; retryAfterMs?: number }

/** `problem` null: the answer is for the caller, good or not. */
type Called = { status: number; body: unknown; problem: string | null; outcome: Outcome }

/** Asking for advice must not take longer than doing without it. */
const ADVICE_TIMEOUT_MS = 1_000
/** What another provider may do better: its own failures, its limits, our key there. */
const RETRIED = (status: number) => status >= 500 || [401, 402, 403, 429].includes(status)

/** Nobody may take the request now; `returnsAt` is the earliest that somebody may, where that is known. */
export class NobodyEligible extends Error {
  readonly returnsAt: Date | null

  constructor(reason: string, returnsAt: string | null) {
    super(reason)
    this.returnsAt = returnsAt === null ? null : new Date(returnsAt)
  }
}

/** Carries chat completions to whom Switchyard chooses, and to the next one where that fails. */
export class Balancer {
  readonly #options: BalancerOptions
  readonly #reports = new Set<Promise<void>>()
  /** By model, as Switchyard last told them: what is left to go by while it is away. */
  readonly #members = new Map<string, readonly Member[]>()

  constructor(options: BalancerOptions) {
    this.#options = options
  }

  /** Sends a request. Rejects with `NobodyEligible`, with the signal's reason, or with what the last attempt met. */
  async chat(request: { model: string; [field: string]: unknown }, signal?: AbortSignal): Promise<Answer> {
    const tried: string[] = []
    let failure: Error | null = null
    while (tried.length < (this.#options.maxAttempts ?? 3)) {
      const choice = await this.#choose(request.model, tried)
      // What the last attempt met says more than that nobody else is left.
      if (choice instanceof NobodyEligible) throw failure ?? choice
      tried.push(choice.providerId)
      const startedAt = performance.now()
      const { outcome, problem, status, body } = await this.#call(choice, request, signal)
      this.#report(choice, outcome, performance.now() - startedAt)
      signal?.throwIfAborted()
      if (problem === null) return { providerId: choice.providerId, status, body, attempts: tried.length }
      failure = new Error(`${choice.providerId}: ${problem}`)
    }
    throw failure ?? new Error('no attempt is allowed')
  }

  /** Resolves when every outcome so far has been reported: before the process ends, for example. */
  async idle(): Promise<void> {
    await Promise.all(this.#reports)
  }

  async #choose(model: string, tried: readonly string[]): Promise<Choice | NobodyEligible> {
    const path = `/api/routes/${encodeURIComponent(this.#options.route)}/select`
    const answer = await this.#post(path, { model, exclude: tried }).catch(() => null)
    if (answer === null || answer.status >= 500) return this.#chooseAlone(model, tried)
    if (!answer.ok) throw new Error(`Switchyard refused: ${await answer.text()}`)
    const { chosen, candidates, permit, reason, returnsAt } = (await answer.json()) as Decision
    this.#members.set(model, candidates)
    if (chosen === null) return new NobodyEligible(reason, returnsAt)
    const member = candidates.find(({ providerId }) => providerId === chosen)
    return { providerId: chosen, model: member?.model ?? model, permit }
  }

  /** Without Switchyard the traffic goes on: the next of its members, or of our own list, without a permit. */
  #chooseAlone(model: string, tried: readonly string[]): Choice | NobodyEligible {
    const ids = Object.keys(this.#options.endpoints)
    const members = this.#members.get(model) ?? ids.map((providerId) => ({ providerId, model }))
    for (const { providerId, model: name } of members)
      if (name !== null && ids.includes(providerId) && !tried.includes(providerId))
        return { providerId, model: name, permit: null }
    return new NobodyEligible('Switchyard cannot be reached, and every endpoint was tried', null)
  }

  async #call({ providerId, model, permit }: Choice, request: object, signal?: AbortSignal): Promise<Called> {
    const endpoint = this.#options.endpoints[providerId]
    // The permit goes back all the same; `cancelled` says nothing about the provider.
    if (endpoint === undefined) return failed({ class: 'cancelled' }, 'there is no endpoint for it here')
    const timeoutMs = Math.min(this.#options.timeoutMs ?? 60_000, leftOf(permit))
    const timeout = AbortSignal.timeout(timeoutMs)
    try {
      const response = await fetch(endpoint.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...endpoint.headers },
        body: JSON.stringify({ ...request, model }),
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      })
      return await judged(response)
    } catch (error) {
      if (signal?.aborted) return failed({ class: 'cancelled' }, 'given up')
      if (timeout.aborted) return failed({ error: 'response_timeout' }, `no answer in ${timeoutMs} ms`)
      return failed({ error: errorKind(error) }, `cannot be called (${errorKind(error)})`)
    }
  }

  /** Reports how a call ended. The caller waits for its answer only, and loses nothing when Switchyard is away. */
  #report({ providerId, model, permit }: Choice, outcome: Outcome, latencyMs: number): void {
    const handedOut = permit === null ? {} : { permit: permit.token }
    const report = this.#post('/api/outcomes', [{ providerId, model, latencyMs, ...handedOut, ...outcome }])
      .then(
        async (answer) => {
          if (!answer.ok) console.error(`Switchyard did not take an outcome: ${await answer.text()}`)
        },
        () => undefined,
      )
      .finally(() => this.#reports.delete(report))
    this.#reports.add(report)
  }

  #post(path: string, body: unknown): Promise<Response> {
    const { consoleUrl, consoleKey } = this.#options
    const authorization = consoleKey === undefined ? {} : { authorization: `Bearer ${consoleKey}` }
    return fetch(new URL(path, consoleUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ADVICE_TIMEOUT_MS),
    })
  }
}

/** A trial's slot is its own only until its lease ends, so an answer is not waited for any longer. */
const leftOf = (permit: Choice['permit']): number =>
  permit?.trial === true ? Math.max(1, Date.parse(permit.expiresAt) - Date.now()) : Infinity

async function judged(response: Response): Promise<Called> {
  const { status } = response
  const text = await response.text()
  const body = jsonOf(text)
  if (RETRIED(status)) {
    const outcome = { httpStatus: status, ...retryAfter(response.headers.get('retry-after')) }
    return { ...failed(outcome, `answered ${status}`), status, body }
  }
  if (!response.ok) return { status, body: body ?? text, problem: null, outcome: { httpStatus: status } }
  // Some say 200 and mean an error, or send a page.
  if (typeof body !== 'object' || body === null) return failed({ error: 'bad_body' }, 'answered no JSON')
  if ('error' in body) return failed({ error: 'error_body' }, 'answered 200 with an error inside')
  return { status, body, problem: null, outcome: { httpStatus: status } }
}

const failed = (outcome: Outcome, problem: string): Called => ({ status: 0, body: null, problem, outcome })

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** How long the provider asks to be left alone: seconds, or a date. */
function retryAfter(value: string | null): Outcome {
  const ms =
    value === null ? NaN : /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now()
  return ms > 0 ? { retryAfterMs: Math.min(ms, 3_600_000) } : {}
}

const ERROR_KINDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'connect_timeout',
}

/** What went wrong on the way there, in Switchyard's words; fetch puts the system's own code into the cause. */
function errorKind(error: unknown): string {
  const cause = error instanceof Error ? error.cause : null
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
  return ERROR_KINDS[code] ?? 'reset'
}
