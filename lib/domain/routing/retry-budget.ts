import { SliceRing } from '../slice-ring.ts'

/** How many retries there may be: a part of all requests, 0..1, but at least so many in ten seconds. */
export type RetryLimits = { retryBudget: number; retryBudgetMin: number }

/** What the budget looks back on, in slices of a second. */
const SPAN = { spanMs: 10_000, sliceMs: 1_000 }

type Counts = { requests: number; retries: number }

/**
 * Keeps retries from multiplying an outage: in ten seconds there are at most as many as a part of the requests, or a
 * small minimum. The idea and the 20 % are those of Finagle's RetryBudget and Envoy's `retry_budget`.
 */
export class RetryBudget {
  readonly #ring = new SliceRing<Counts>(SPAN, () => ({ requests: 0, retries: 0 }))

  /** Counts a request, its retries aside. */
  countRequest(at: number): void {
    const slice = this.#ring.sliceAt(at)
    if (slice !== null) slice.requests += 1
  }

  /** Takes one retry out of the budget; false, and nothing taken, when it is spent. */
  takeRetry(at: number, { retryBudget, retryBudgetMin }: RetryLimits): boolean {
    let requests = 0
    let retries = 0
    for (const counts of this.#ring.slicesAt(at)) {
      requests += counts.requests
      retries += counts.retries
    }
    const slice = this.#ring.sliceAt(at)
    if (slice === null || retries + 1 > Math.max(retryBudgetMin, retryBudget * requests)) return false
    slice.retries += 1
    return true
  }
}
