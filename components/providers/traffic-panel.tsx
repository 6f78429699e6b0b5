'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import { ShareBar } from '#components/routing/share-bar.tsx'
import { useNameOf } from '#components/routing/use-name-of.ts'
import { useRouting } from '#components/routing/use-routing.ts'
import { Panel } from '#components/ui/panel.tsx'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import type { ProviderRow } from '#lib/contract/monitor.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { providerRoutes } from '#lib/view/routing-view.ts'
import { trafficCell } from '#lib/view/traffic-cell.ts'
import styles from './traffic-panel.module.css'

const NONE: PanelCondition = { kind: 'empty', text: 'No route has this provider for a member.' }

/** Which routes send requests here, what share of each, now and an hour ago, and why not where none come. */
export function TrafficPanel({ snapshot }: { snapshot: Pick<ProviderRow, 'id' | 'lastHour'> }) {
  const { state, condition } = useRouting()
  const nameOf = useNameOf()
  const parts = useMemo(
    () => providerRoutes(state?.routes ?? [], snapshot.id, nameOf),
    [state, snapshot.id, nameOf],
  )
  const { share, was, summary } = trafficCell(snapshot.lastHour)
  const isNone = state !== null && parts.length === 0
  return (
    <Panel title="Traffic" meta="last hour" condition={isNone ? NONE : condition} minHeight={88}>
      <p className={styles.whole} title={summary}>
        {snapshot.lastHour.share === null ? 'No traffic in the last hour' : `${share} of all traffic`}
        {was !== null && <span>, 1 h ago {was}</span>}
      </p>
      <ul>
        {parts.map(({ route, strategy, member }) => (
          <li key={route} className={styles.part}>
            <p className={styles.line}>
              <StatusIcon state={member.icon} size={14} />
              <Link href={`/routing?route=${encodeURIComponent(route)}`} prefetch={false}>
                {route}
              </Link>
              <span className={styles.quiet}>{strategy}</span>
              <span className={styles.figures}>
                <b>{member.actualText}</b>
                <span className={styles.quiet}>1 h ago {member.earlierText}</span>
              </span>
            </p>
            <ShareBar
              actual={member.actual}
              configured={member.configured}
              earlier={member.earlier}
              label={member.summary}
            />
            {!member.isEligible && <p className={styles.quiet}>{member.verdict}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
