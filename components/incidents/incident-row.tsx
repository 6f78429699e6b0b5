'use client'

import Link from 'next/link'
import { classNames } from '#components/ui/class-names.ts'
import { Duration } from '#components/ui/duration.tsx'
import lines from '#components/ui/lines.module.css'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { Time } from '#components/ui/time.tsx'
import { useProviderNames } from '#lib/client/use-provider-names.ts'
import type { IncidentRow as Row } from '#lib/contract/incident-row.ts'
import { spanWords } from '#lib/view/format.ts'
import { alertsWords, INCIDENT_STATE_WORDS, SEVERITY_ICON, SEVERITY_WORDS } from '#lib/view/incident-view.ts'
import { keepUnits } from '#lib/view/keep-units.ts'
import { nameList } from '#lib/view/name-list.ts'
import styles from './incident-table.module.css'

/** One incident: how bad, what, about whom, since when, how many alerts, and whether somebody has seen it. */
export function IncidentRow({ incident }: { incident: Row }) {
  const names = useProviderNames()
  const { id, severity, title, state, startedAt, resolvedAt, acknowledgement, silenced } = incident
  const about = nameList(incident.providerIds.map((providerId) => names[providerId] ?? providerId))
  const isOver = state === 'resolved'
  return (
    <div
      role="row"
      className={classNames(lines.line, lines.linked, styles.row)}
      data-over={isOver || undefined}
    >
      <div role="cell" className={styles.severity}>
        <StatusIcon state={SEVERITY_ICON[severity]} />
        <span>{SEVERITY_WORDS[severity]}</span>
      </div>
      <div role="cell" className={styles.title}>
        <Link
          href={`/incidents/${encodeURIComponent(id)}`}
          className={classNames(lines.link, styles.link)}
          data-row-link
          prefetch={false}
        >
          {keepUnits(title)}
        </Link>
        {about !== '' && <span className={styles.dim}>{about}</span>}
      </div>
      <div role="cell" className={styles.state}>
        <span className={state === 'firing' ? styles.strong : undefined}>{INCIDENT_STATE_WORDS[state]}</span>
        {silenced && <span className={styles.dim}>muted</span>}
        {incident.mergedInto !== null && <span className={styles.dim}>part of another</span>}
      </div>
      <div role="cell" className={styles.duration}>
        {resolvedAt === null ? (
          <span>
            <span className="visually-hidden">for </span>
            <Duration at={startedAt} show="since" />
          </span>
        ) : (
          <span>{spanWords(Date.parse(resolvedAt) - Date.parse(startedAt))}</span>
        )}
        <span className={styles.dim}>
          {isOver ? 'began' : 'since'} <Time at={startedAt} show="day" />
        </span>
      </div>
      <div role="cell" className={styles.alerts}>
        {alertsWords(incident.alerts)}
      </div>
      <div role="cell" className={styles.seen}>
        {acknowledgement === null ? (
          <span className={styles.dim}>
            <span aria-hidden>–</span>
            <span className="visually-hidden">nobody</span>
          </span>
        ) : (
          <>
            <span className={styles.unit}>acknowledged by </span>
            {acknowledgement.by}
          </>
        )}
      </div>
    </div>
  )
}
