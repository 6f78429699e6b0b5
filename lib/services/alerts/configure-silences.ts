import type { Author } from '#lib/domain/access/author.ts'
import type { CreateSilence, MatchPreview, SilenceView } from '#lib/contract/silence.ts'
import { formatDuration, parseDuration } from '#lib/contract/duration.ts'
import { isActive } from '#lib/domain/alerts/alert.ts'
import { isInForce, type Matcher, matchesNow, nextEdge } from '#lib/domain/alerts/silence.ts'
import { subjectText } from '#lib/domain/alerts/subject.ts'
import { AppError, notFound } from '#lib/domain/errors.ts'
import type { Engine } from '../engine.ts'
import { iso } from '../present/time.ts'
import { intervalsOf } from './alerting.ts'
import type { Recurrence, SilenceRecord } from './records.ts'
import { saveAlerting } from './save-alerting.ts'

/** So many alerts are named in a preview. */
const MOST_NAMED = 20

/** All silences: those in force first, then those to come. */
export const readSilences = (engine: Engine): SilenceView[] =>
  [...engine.alerting.silences.values()]
    .map((silence) => presentSilence(engine, silence))
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || (a.id < b.id ? 1 : -1))
const ORDER: readonly SilenceView['state'][] = ['active', 'waiting', 'over']

/** Which alerts the matchers would silence at present. */
export function previewMatchers({ alerting }: Engine, matchers: readonly Matcher[]): MatchPreview {
  const matched = matchesNow(matchers, activeAlerts(alerting.book))
  return {
    alerts: matched.slice(0, MOST_NAMED).map(({ labels }) => ({
      ruleName: labels.ruleName,
      subject: subjectText(labels.subject),
    })),
    total: matched.length,
  }
}

const activeAlerts = ({ alerts }: Engine['alerting']['book']) =>
  [...alerts.values()].flatMap((ofRule) => [...ofRule.values()]).filter(isActive)

/** Silences what matches, from now or later on. Throws `invalid_input` for a schedule that makes no sense. */
export async function createSilence(
  engine: Engine,
  input: CreateSilence,
  author: Author,
): Promise<{ silence: SilenceView; persisted: boolean }> {
  const { alerting, clock, newId } = engine
  const now = clock.now()
  const record: SilenceRecord = {
    id: newId(),
    matchers: input.matchers,
    reason: input.reason,
    createdBy: author.actor,
    createdAt: now,
    from: input.from === undefined ? now : Date.parse(input.from),
    until: input.until === null ? null : Date.parse(input.until),
    recurrence: input.recurrence === null ? null : recurrenceOf(input.recurrence),
  }
  refuseBadSilence(engine, record, now)
  alerting.silences.set(record.id, record)
  const after = presentSilence(engine, record)
  const persisted = await saveAlerting(
    engine,
    { silencesSaved: [record] },
    {
      action: 'silence.create',
      entity: { type: 'silence', id: record.id },
      summary: `silenced alerts where ${matchersText(record.matchers)}`,
      author,
      reason: record.reason,
      after,
    },
  )
  return { silence: after, persisted }
}

/** Ends a silence now; it goes from the list. Throws `not_found`. */
export async function deleteSilence(
  engine: Engine,
  id: string,
  { input, author }: { input: { reason?: string | undefined }; author: Author },
): Promise<{ persisted: boolean }> {
  const record = engine.alerting.silences.get(id)
  if (record === undefined) throw notFound('silence', id)
  const before = presentSilence(engine, record)
  engine.alerting.silences.delete(id)
  const persisted = await saveAlerting(
    engine,
    { silencesDeleted: [id] },
    {
      action: 'silence.end',
      entity: { type: 'silence', id },
      summary: `ended the silence where ${matchersText(record.matchers)}`,
      author,
      reason: input.reason ?? null,
      before,
    },
  )
  return { persisted }
}

const recurrenceOf = ({
  cron,
  timeZone,
  duration,
}: NonNullable<CreateSilence['recurrence']>): Recurrence => ({
  cron,
  timeZone,
  durationMs: parseDuration(duration) ?? 0,
})

const FIELD_OF: Record<keyof Recurrence, string> = {
  cron: 'recurrence.cron',
  timeZone: 'recurrence.timeZone',
  durationMs: 'recurrence.duration',
}

function refuseBadSilence({ alerting }: Engine, { recurrence, until }: SilenceRecord, now: number): void {
  const problem = recurrence === null ? null : alerting.world.recurrenceProblem(recurrence)
  const fields = [
    ...(problem === null ? [] : [{ path: FIELD_OF[problem.field], message: problem.message }]),
    ...(until !== null && until <= now ? [{ path: 'until', message: 'in the future' }] : []),
  ]
  if (fields.length > 0) throw new AppError('invalid_input', 'The silence is not right.', { fields })
}

function presentSilence({ alerting, clock }: Engine, record: SilenceRecord): SilenceView {
  const now = clock.now()
  const intervals = intervalsOf(record, alerting.world.expand, now)
  const isOver = record.until !== null && record.until <= now
  const next = nextEdge({ intervals }, now)
  return {
    id: record.id,
    matchers: record.matchers.map((matcher) => ({ ...matcher })),
    reason: record.reason,
    createdBy: record.createdBy,
    createdAt: iso(record.createdAt),
    from: iso(record.from),
    until: record.until === null ? null : iso(record.until),
    recurrence: record.recurrence && {
      cron: record.recurrence.cron,
      timeZone: record.recurrence.timeZone,
      duration: formatDuration(record.recurrence.durationMs),
    },
    state: isOver ? 'over' : isInForce({ intervals }, now) ? 'active' : 'waiting',
    nextChangeAt: next === null ? null : iso(next),
    matchesNow: matchesNow(record.matchers, activeAlerts(alerting.book)).length,
  }
}

const OPERATOR_WORDS = { is: 'is', is_not: 'is not', matches: 'matches' } as const

const matchersText = (matchers: readonly Matcher[]) =>
  matchers.map(({ field, operator, value }) => `${field} ${OPERATOR_WORDS[operator]} ${value}`).join(' and ')
