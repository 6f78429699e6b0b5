'use client'

import Link from 'next/link'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Duration } from '#components/ui/duration.tsx'
import { SubjectHeading } from '#components/ui/subject-heading.tsx'
import type { IncidentDetail } from '#lib/contract/incident.ts'
import { spanWords } from '#lib/view/format.ts'
import { INCIDENT_STATE_WORDS, SEVERITY_ICON, SEVERITY_WORDS } from '#lib/view/incident-view.ts'
import { keepUnits } from '#lib/view/keep-units.ts'
import { isDimmed, type PanelCondition } from '#lib/view/panel-condition.ts'
import { matchersOfIncident } from '#lib/view/silence-form.ts'
import { AcknowledgeDialog } from './acknowledge-dialog.tsx'
import styles from './incident-heading.module.css'
import { SilenceDialog } from './silence-dialog.tsx'

type Props = { incident: IncidentDetail; condition: PanelCondition }

/** What has happened, how bad it is and for how long, and what can be done about it. */
export function IncidentHeading({ incident, condition }: Props) {
  const { severity, title, state, startedAt, resolvedAt, silenced } = incident
  return (
    <SubjectHeading
      path={{ href: '/incidents', from: 'Incidents', here: INCIDENT_STATE_WORDS[state] }}
      icon={state === 'resolved' ? 'healthy' : SEVERITY_ICON[severity]}
      title={keepUnits(title)}
      isOld={isDimmed(condition)}
      facts={
        <>
          <span>{SEVERITY_WORDS[severity]}</span>
          <span>{INCIDENT_STATE_WORDS[state].toLowerCase()}</span>
          <span>
            {resolvedAt === null ? (
              <>
                for <Duration at={startedAt} show="since" />
              </>
            ) : (
              `lasted ${spanWords(Date.parse(resolvedAt) - Date.parse(startedAt))}`
            )}
          </span>
          {silenced && <span>muted</span>}
        </>
      }
      actions={<Actions incident={incident} />}
    >
      {incident.mergedInto !== null && (
        <p className={styles.merged}>
          <Link className={styles.link} href={`/incidents/${encodeURIComponent(incident.mergedInto)}`}>
            It became a part of another incident
          </Link>
        </p>
      )}
    </SubjectHeading>
  )
}

function Actions({ incident }: { incident: IncidentDetail }) {
  const [dialog, setDialog] = useState<'acknowledge' | 'silence' | null>(null)
  const isOver = incident.state === 'resolved'
  const close = () => setDialog(null)
  if (isOver) return null
  return (
    <div className={styles.actions}>
      <Button needs="silences.write" onClick={() => setDialog('silence')}>
        Silence this…
      </Button>
      {incident.acknowledgement === null && (
        <Button variant="solid" needs="incidents.command" onClick={() => setDialog('acknowledge')}>
          Acknowledge…
        </Button>
      )}
      {dialog === 'acknowledge' && <AcknowledgeDialog incident={incident} onClose={close} />}
      {dialog === 'silence' && <SilenceDialog matchers={matchersOfIncident(incident)} onClose={close} />}
    </div>
  )
}
