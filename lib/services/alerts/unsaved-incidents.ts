import type { Incident } from '#lib/domain/alerts/incident.ts'
import { keptIncident } from './kept-incident.ts'
import type { AlertingEntry, IncidentEvent } from './records.ts'

/**
 * So many alerts are handed to the database at once, in incidents of whom nobody is told just now: handing over a
 * thousand takes more than a millisecond.
 */
export const MOST_AT_ONCE = 4_000

type Saved = Pick<AlertingEntry, 'incidents' | 'incidentEvents'>
type Waiting = { incident: Incident; events: readonly IncidentEvent[] }

/** Incidents that are to be written, those first that have waited longest; each is written as it is by then. */
export class UnsavedIncidents {
  readonly #waiting = new Map<string, Waiting>()
  #room = 0

  get size(): number {
    return this.#waiting.size
  }

  /** The incident as it is to be written; null where it has been. */
  get(id: string): Incident | null {
    return this.#waiting.get(id)?.incident ?? null
  }

  /** Takes notice that an incident was written as it is now: if it is written again, then not as it was before. */
  supersede(incident: Incident): void {
    const waiting = this.#waiting.get(incident.id)
    if (waiting !== undefined) this.#waiting.set(incident.id, { ...waiting, incident })
  }

  /** Has an incident be written as it is now, and what happened in it. */
  add(incident: Incident, events: readonly IncidentEvent[]): void {
    const before = this.#waiting.get(incident.id)?.events ?? []
    this.#waiting.set(incident.id, { incident, events: [...before, ...events] })
  }

  /** What is to be written now: these whatever they are, since they are told of, and of the others as many as there is room for. */
  take(told: readonly string[]): Saved {
    this.#room = Math.min(MOST_AT_ONCE, this.#room + MOST_AT_ONCE)
    const taken = told.flatMap((id) => this.#taken(id))
    for (const id of this.#waiting.keys()) {
      if (this.#room <= 0) break
      taken.push(...this.#taken(id))
    }
    return saved(taken)
  }

  /** All that is to be written. */
  takeAll(): Saved {
    return saved([...this.#waiting.keys()].flatMap((id) => this.#taken(id)))
  }

  #taken(id: string): Waiting[] {
    const waiting = this.#waiting.get(id)
    if (waiting === undefined) return []
    this.#waiting.delete(id)
    const incident = keptIncident(waiting.incident)
    this.#room -= incident.members.length
    return [{ ...waiting, incident }]
  }
}

const saved = (taken: readonly Waiting[]): Saved => ({
  incidents: taken.map(({ incident }) => incident),
  incidentEvents: taken.flatMap(({ events }) => events),
})
