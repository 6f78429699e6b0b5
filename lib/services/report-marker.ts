import type { Author } from '#lib/domain/access/author.ts'
import { MOST_TITLE, type ReportedMarker, type ReportMarker } from '#lib/contract/marker.ts'
import { AppError } from '#lib/domain/errors.ts'
import { emptyEntry } from './drive-circuit.ts'
import type { Engine } from './engine.ts'
import { isPersisted } from './persisted.ts'
import { presentMarker } from './present/event.ts'
import { auditRecord } from './record-audit.ts'
import type { MarkerRecord } from './records.ts'

/** How far a reporter's clock may be ahead of ours. */
const AHEAD_MS = 60_000

/**
 * Marks on the charts that something happened elsewhere, such as a deployment. Throws `invalid_input` for a provider
 * that does not exist and for a time that is still to come.
 */
export async function reportMarker(
  engine: Engine,
  report: ReportMarker,
  author: Author,
): Promise<ReportedMarker> {
  const { clock, newId, bus, journal } = engine
  const at = report.at === undefined ? clock.now() : Date.parse(report.at)
  refuse(engine, report, at)
  const { title, text } = wordsOf(report)
  const marker: MarkerRecord = {
    id: newId(),
    at,
    title,
    text,
    url: report.url ?? null,
    actor: author.actor,
    providerId: report.providerId ?? null,
  }
  bus.emit({ type: 'record', record: presentMarker(marker, false) })
  const audit = auditRecord(engine, {
    ...author,
    action: 'marker.report',
    entity: { type: 'marker', id: marker.id },
    providerId: marker.providerId,
    outcome: 'done',
    summary: `marked "${title}"`,
    reason: null,
    before: null,
    after: { at: report.at ?? null, title, text, url: marker.url },
  })
  const written = journal.commit({ ...emptyEntry, markers: [marker], audit: [audit] })
  const persisted = await isPersisted(engine, written)
  return { event: presentMarker(marker, persisted), persisted }
}

function refuse({ fleet, clock }: Engine, { providerId }: ReportMarker, at: number): void {
  const fields = []
  if (providerId !== undefined && !fleet.entries.has(providerId))
    fields.push({ path: 'providerId', message: `there is no provider "${providerId}"` })
  if (at > clock.now() + AHEAD_MS) fields.push({ path: 'at', message: 'not in the future' })
  if (fields.length > 0) throw new AppError('invalid_input', 'The marker is not right.', { fields })
}

function wordsOf({ title, text = '' }: ReportMarker): Pick<MarkerRecord, 'title' | 'text'> {
  if (title !== undefined) return { title, text: text === '' ? null : text }
  const [firstLine = ''] = text.split('\n', 1)
  const short = firstLine.trim().slice(0, MOST_TITLE)
  return { title: short, text: text === short ? null : text }
}
