'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { MarkerLink } from '#components/ui/marker-link.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { Time } from '#components/ui/time.tsx'
import type { IncidentAlert } from '#lib/contract/incident.ts'
import { capitalise, formatCount, plural } from '#lib/view/format.ts'
import { muteWords, seenWords, SEVERITY_ICON } from '#lib/view/incident-view.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import styles from './incident-alerts.module.css'

/** A fleet's outage has an alert for each provider: so many are drawn until more are asked for. */
const FIRST_ALERTS = 10

/** The alerts of an incident: which rule, about what, what was seen, and what to read about it. */
export function IncidentAlerts({
  members,
  condition,
}: {
  members: readonly IncidentAlert[]
  condition: PanelCondition
}) {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? members : members.slice(0, FIRST_ALERTS)
  return (
    <Panel title="Alerts" condition={condition} meta={<span>{plural(members.length, 'alert')}</span>}>
      <ul>
        {shown.map((alert) => (
          <Alert key={`${alert.ruleId} ${alert.subject.text} ${alert.since}`} alert={alert} />
        ))}
      </ul>
      {shown.length < members.length && (
        <div className={styles.more}>
          <Button size="small" onClick={() => setWhole(true)}>
            Show all {formatCount(members.length)}
          </Button>
        </div>
      )}
    </Panel>
  )
}

function Alert({ alert }: { alert: IncidentAlert }) {
  const { ruleName, state, severity, since, overAt, mutedBy, runbookUrl } = alert
  const mute = muteWords(mutedBy)
  return (
    <li className={styles.alert}>
      <StatusIcon state={state === 'over' ? 'healthy' : SEVERITY_ICON[severity]} />
      <div className={styles.words}>
        <span className={styles.rule}>{ruleName}</span>
        <span className={styles.dim}>{seenWords(alert)}</span>
        {runbookUrl !== null && (
          <span className={styles.dim}>
            Runbook: <MarkerLink url={runbookUrl} />
          </span>
        )}
      </div>
      <div className={styles.state}>
        <span>
          {capitalise(state)}, {severity}
        </span>
        <span className={styles.dim}>
          {overAt === null && 'since '}
          <Time at={since} show="day" />
          {overAt !== null && (
            <>
              {' '}
              to <Time at={overAt} />
            </>
          )}
        </span>
        {mute !== null && <span className={styles.dim}>{mute}</span>}
      </div>
    </li>
  )
}
