import type { CircuitVerdict } from '../circuit.ts'
import { effectsOf } from '../two-levels.ts'
import { outcomeOf } from './outcome-of.ts'
import type { CallRecord } from './record.ts'

/** How many failures in a row begin an outage, and how many successes in a row end it: whatever the thresholds are. */
export const OUTAGE_RUN = 3

/** A stretch in which calls failed; `model` null: the provider's own. `to` is null while it lasts. */
export type Outage = { model: string | null; from: number; to: number | null; failures: number }

/** The newest results in a row that were alike. */
type Run = { failed: boolean; length: number; since: number; outage: Outage | null }

/** Finds the outages in a provider's calls. */
export class OutageFinder {
  readonly outages: Outage[] = []
  readonly #runs = new Map<string | null, Run>()

  /** Takes the next call: it may speak of the provider, of the model, or of both. */
  observe(call: CallRecord): void {
    const { provider, model } = effectsOf(outcomeOf(call), false)
    this.#take(null, provider.verdict, call.endedAt)
    if (model !== null) this.#take(call.model, model.verdict, call.endedAt)
  }

  #take(model: string | null, verdict: CircuitVerdict, at: number): void {
    if (verdict === 'neutral') return
    const failed = verdict !== 'success'
    const run = this.#runOf(model, failed, at)
    if (run.failed === failed) run.length += 1
    else Object.assign(run, { failed, length: 1, since: at })
    if (run.outage !== null && failed) run.outage.failures += 1
    if (run.length === OUTAGE_RUN) this.#turn(model, run)
  }

  #runOf(model: string | null, failed: boolean, at: number): Run {
    const known = this.#runs.get(model)
    if (known !== undefined) return known
    const run: Run = { failed, length: 0, since: at, outage: null }
    this.#runs.set(model, run)
    return run
  }

  #turn(model: string | null, run: Run): void {
    if (!run.failed && run.outage !== null) {
      run.outage.to = run.since
      run.outage = null
    } else if (run.failed && run.outage === null) {
      run.outage = { model, from: run.since, to: null, failures: OUTAGE_RUN }
      this.outages.push(run.outage)
    }
  }
}
