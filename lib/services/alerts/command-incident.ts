import type { Author } from '#lib/domain/access/author.ts'
import type { IncidentDetail } from '#lib/contract/incident.ts'
import { acknowledge } from '#lib/domain/alerts/tick.ts'
import { AppError, notFound } from '#lib/domain/errors.ts'
import type { Engine } from '../engine.ts'
import { keptIncident } from './kept-incident.ts'
import { readIncident } from './read-incidents.ts'
import type { IncidentEvent } from './records.ts'
import { saveAlerting } from './save-alerting.ts'

type Changed = { incident: IncidentDetail; persisted: boolean }
type Command = { author: Author; text: string | null }

/**
 * Says that somebody has seen it: it is not repeated any more, and the channels that were told of it hear of that.
 * Throws `not_found`, and `conflict` when it is over or somebody was first.
 */
export async function acknowledgeIncident(
  engine: Engine,
  id: string,
  { author, text }: Command,
): Promise<Changed> {
  const { alerting, clock, bus } = engine
  const before = alerting.book.incidents.get(id)
  if (before === undefined) {
    const { state } = await readIncident(engine, id)
    throw new AppError('conflict', `The incident is ${state} already.`)
  }
  if (before.acknowledgement !== null)
    throw new AppError('conflict', `${before.acknowledgement.by} has acknowledged it already.`)
  const at = clock.now()
  alerting.book = acknowledge(alerting.book, id, { by: author.actor, at, note: text })
  const after = alerting.book.incidents.get(id)
  if (after === undefined) throw notFound('incident', id)
  alerting.unsaved.supersede(after)
  const event = eventOf(engine, { id, type: 'acknowledged', author, text: text ?? 'has seen it' })
  const persisted = await saveAlerting(
    engine,
    { incidents: [keptIncident(after)], incidentEvents: [event] },
    {
      action: 'incident.acknowledge',
      entity: { type: 'incident', id },
      summary: 'acknowledged an incident',
      author,
      reason: text,
    },
  )
  bus.emit({ type: 'incident', incidentId: id })
  return { incident: await readIncident(engine, id), persisted }
}

/** Writes something to an incident's story, also after its end. Throws `not_found`. */
export async function noteIncident(
  engine: Engine,
  id: string,
  { author, text }: { author: Author; text: string },
): Promise<Changed> {
  await readIncident(engine, id)
  const event = eventOf(engine, { id, type: 'note', author, text })
  const persisted = await saveAlerting(
    engine,
    { incidentEvents: [event] },
    {
      action: 'incident.note',
      entity: { type: 'incident', id },
      summary: 'wrote a note to an incident',
      author,
      after: { text },
    },
  )
  engine.bus.emit({ type: 'incident', incidentId: id })
  return { incident: await readIncident(engine, id), persisted }
}

type Said = { id: string; type: IncidentEvent['type']; author: Author; text: string }

const eventOf = ({ newId, clock }: Engine, { id, type, author, text }: Said): IncidentEvent => ({
  id: newId(),
  incidentId: id,
  at: clock.now(),
  type,
  actor: author.actor,
  text,
})
