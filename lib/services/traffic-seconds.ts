import { CONNECTION_KINDS, OUTCOME_CLASSES, type Outcome } from '#lib/domain/outcome.ts'
import type { CountedGroup, CountedRecord } from '#lib/domain/replay/record.ts'

/** How many calls of real traffic are recorded call by call, in one second and on one circuit; the rest is counted. */
export const EXACT_PER_SECOND = 4

type Named = { model: string | null; hasCircuit: boolean }
type Second = Named & { second: number; exact: number; groups: Map<number, CountedGroup> }

/** What is still to be said of a counted second: its time and place are the recorder's business. */
type Counted = Omit<CountedRecord, 'at' | 'begins'>

/** One provider's traffic of the running second, by model, as far as there was too much of it. */
export class TrafficSeconds {
  readonly #byModel = new Map<string | null, Second>()

  /** Whether this second has its share of calls that are recorded one by one. */
  isFull({ model }: Named, at: number): boolean {
    const held = this.#byModel.get(model)
    return held?.second === secondOf(at) && held.exact >= EXACT_PER_SECOND
  }

  /** A call of this second was recorded. */
  note(named: Named, at: number): void {
    this.#secondOf(named, at).exact += 1
  }

  /** Counts a call of this second. */
  count(named: Named, { outcome, at }: { outcome: Outcome; at: number }): void {
    const { groups } = this.#secondOf(named, at)
    const group = groupOf(outcome)
    const key = keyOf(group)
    const known = groups.get(key)
    if (known === undefined) groups.set(key, group)
    else known.count += 1
  }

  /** Takes out what was counted in seconds that are over. */
  takeOver(at: number): Counted[] {
    return this.#take((second) => second < secondOf(at))
  }

  /** Takes out all that was counted. */
  takeAll(): Counted[] {
    return this.#take(() => true)
  }

  #take(isDue: (second: number) => boolean): Counted[] {
    const taken: Counted[] = []
    for (const held of this.#byModel.values()) {
      if (held.groups.size === 0 || !isDue(held.second)) continue
      const { model, hasCircuit } = held
      taken.push({ type: 'counted', model, hasCircuit, groups: [...held.groups.values()] })
      held.groups = new Map()
    }
    return taken
  }

  #secondOf(named: Named, at: number): Second {
    const second = secondOf(at)
    const held = this.#byModel.get(named.model)
    if (held?.second === second) return held
    const fresh: Second = {
      ...named,
      second,
      exact: 0,
      groups: held?.groups ?? new Map<number, CountedGroup>(),
    }
    this.#byModel.set(named.model, fresh)
    return fresh
  }
}

/** A number for what makes calls alike: there is one for each call, and a text would cost more. */
const keyOf = ({ class: outcomeClass, failure, slowness }: CountedGroup): number =>
  (slowness * FAILURES.length + FAILURES.indexOf(failure)) * OUTCOME_CLASSES.length +
  OUTCOME_CLASSES.indexOf(outcomeClass)

const FAILURES: readonly CountedGroup['failure'][] = ['connection', 'silence', 'answer']

const secondOf = (at: number) => Math.floor(at / 1_000)

function groupOf({ class: outcomeClass, kind, httpStatus, latencyMs }: Outcome): CountedGroup {
  const failure =
    kind !== null && CONNECTION_KINDS.has(kind) ? 'connection' : httpStatus === null ? 'silence' : 'answer'
  const isOk = outcomeClass === 'ok'
  return {
    class: outcomeClass,
    failure: outcomeClass === 'provider_error' ? failure : 'answer',
    slowness: isOk && latencyMs !== null && latencyMs >= 1 ? Math.floor(Math.log2(latencyMs)) : 0,
    count: 1,
  }
}
