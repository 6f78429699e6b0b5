import { AnnotationGlyph } from '#components/charts/annotation-row.tsx'
import { ExportLinks } from '#components/data/export-links.tsx'
import { MarkerLink } from '#components/ui/marker-link.tsx'
import { PanelState } from '#components/ui/panel-state.tsx'
import { Time } from '#components/ui/time.tsx'
import type { Happenings } from '#lib/client/provider-queries.ts'
import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import { annotationKind } from '#lib/view/annotations-view.ts'
import { eventLine } from '#lib/view/event-words.ts'
import { formatCount } from '#lib/view/format.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { exportWindow, type TimeWindow } from '#lib/view/time-window.ts'
import styles from './log-table.module.css'

type Props = {
  providerId: string
  window: TimeWindow
  happenings: Happenings | null
  condition: PanelCondition
}

/** Everything that happened to the provider's circuits or was done by an operator, newest first, with its evidence. */
export function HappeningsTab({ providerId, window, happenings, condition }: Props) {
  const items = happenings?.items ?? []
  const isEmpty = happenings !== null && items.length === 0
  const shown: PanelCondition = isEmpty
    ? { kind: 'empty', text: 'Nothing happened in this range.' }
    : condition
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.download}>
          Download transitions{' '}
          <ExportLinks what="transitions" window={exportWindow(window)} filter={{ providerId }} />
        </span>
      </div>
      <PanelState condition={shown} minHeight={160}>
        <div
          className={styles.scroll}
          tabIndex={0}
          role="region"
          aria-label="Transitions and actions, newest first"
        >
          <table className={styles.table}>
            <caption className="visually-hidden">Transitions and actions, newest first</caption>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Circuit</th>
                <th scope="col">What happened</th>
                <th scope="col">Seen before it</th>
                <th scope="col">Who</th>
              </tr>
            </thead>
            <tbody>
              {items.map((event) => (
                <HappeningRow key={event.id} event={event} />
              ))}
            </tbody>
          </table>
        </div>
        {happenings !== null && happenings.nextCursor !== null && (
          <p className={styles.more}>
            The newest {formatCount(items.length)}. Narrow the range to see older ones.
          </p>
        )}
      </PanelState>
    </>
  )
}

function HappeningRow({ event }: { event: FleetEventRecord }) {
  return (
    <tr>
      <td>
        <Time at={event.at} show="day" />
      </td>
      <td className={styles.soft}>{circuitOf(event)}</td>
      <td className={styles.wide}>
        <span className={styles.outcome}>
          <AnnotationGlyph kind={annotationKind(event)} />
          {eventLine(event)}
          {event.kind === 'marker' && event.url !== null && <MarkerLink url={event.url} />}
          {!event.persisted && ' (not yet on disk)'}
        </span>
      </td>
      <td className={styles.soft}>{event.kind === 'transition' ? evidenceWords(event.evidence) : ''}</td>
      <td className={styles.soft}>{actorOf(event)}</td>
    </tr>
  )
}

/** Actions and markers are about no circuit. */
const circuitOf = ({ kind, model }: FleetEventRecord) =>
  kind === 'action' || kind === 'marker' ? '–' : (model ?? 'provider')

const actorOf = (event: FleetEventRecord) => (event.kind === 'cooling' ? 'switchyard' : event.actor)

function evidenceWords({ calls, failures, slow }: { calls: number; failures: number; slow: number }): string {
  if (calls === 0) return ''
  return `${formatCount(failures)} / ${formatCount(calls)} failed${slow === 0 ? '' : `, ${formatCount(slow)} slow`}`
}
