'use client'

import { useMemo } from 'react'
import { Panel } from '#components/ui/panel.tsx'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { Time } from '#components/ui/time.tsx'
import { useProviderNames } from '#lib/client/use-provider-names.ts'
import type { IncidentDetail } from '#lib/contract/incident.ts'
import { plural } from '#lib/view/format.ts'
import { type TimelineLine, timelineLines } from '#lib/view/incident-timeline-view.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { DeliveryDetail } from './delivery-detail.tsx'
import styles from './incident-timeline.module.css'
import { NoteForm } from './note-form.tsx'

type Props = { incident: IncidentDetail; condition: PanelCondition }

/** All that happened, newest first: what was seen, who was told and what they answered, who did what. */
export function IncidentTimeline({ incident, condition }: Props) {
  const names = useProviderNames()
  const { timeline, providerIds } = incident
  const isOfMany = providerIds.length > 1
  const lines = useMemo(
    () => timelineLines(timeline, (id) => (isOfMany ? (names[id] ?? id) : null)),
    [timeline, names, isOfMany],
  )
  return (
    <Panel title="Timeline" condition={condition} meta={<span>newest first</span>}>
      <NoteForm incidentId={incident.id} />
      <ol aria-label="What happened, newest first">
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ol>
    </Panel>
  )
}

function Line({ line: { at, icon, label, actor, text, delivery, folded } }: { line: TimelineLine }) {
  return (
    <li className={styles.line}>
      <span className={styles.at}>
        <Time at={at} show="day" />
      </span>
      <StatusIcon state={icon} />
      <div className={styles.words}>
        <span className={styles.label}>
          {label}
          {actor !== null && <span className={styles.actor}> · {actor}</span>}
        </span>
        <span className={styles.text}>{text}</span>
        {delivery !== null && <DeliveryDetail delivery={delivery} />}
        {folded.length > 0 && (
          <details className={styles.detail}>
            <summary>and {plural(folded.length, 'change')} before</summary>
            <ul>
              {folded.map((one) => (
                <li key={one.id}>
                  <Time at={one.at} show="day" /> {one.text}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </li>
  )
}
