import { OUTCOME_CLASSES } from '#lib/domain/outcome.ts'

/** How a request ended for its client; `unknown` where whoever carried it never said. */
export const REQUEST_OUTCOMES = [...OUTCOME_CLASSES, 'none_eligible', 'unknown'] as const
export type RequestOutcome = (typeof REQUEST_OUTCOMES)[number]

/** A request that is over. */
export type EndedRequest = {
  outcome: RequestOutcome
  attempts: number
  failedOver: boolean
  panic: boolean
}

/** What one route's requests came to since this process knows the route; nothing here ever falls. */
export class RouteCounts {
  readonly #outcomes = new Map<RequestOutcome, number>()
  #attempts = 0
  #failovers = 0
  #panics = 0

  /** Counts a request at its end. */
  countRequest({ outcome, attempts, failedOver, panic }: EndedRequest): void {
    this.#outcomes.set(outcome, this.requests(outcome) + 1)
    this.#attempts += attempts
    this.#failovers += Number(failedOver)
    this.#panics += Number(panic)
  }

  requests(outcome: RequestOutcome): number {
    return this.#outcomes.get(outcome) ?? 0
  }

  get attempts(): number {
    return this.#attempts
  }

  get failovers(): number {
    return this.#failovers
  }

  get panics(): number {
    return this.#panics
  }
}
