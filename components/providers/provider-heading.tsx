'use client'

import { Pill } from '#components/ui/pill.tsx'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { SubjectHeading } from '#components/ui/subject-heading.tsx'
import type { ProviderDetail } from '#lib/contract/monitor.ts'
import { overrideLine, providerFacts, providerHeadline } from '#lib/view/provider-view.ts'
import { ProviderActions } from './provider-actions.tsx'
import styles from './provider-heading.module.css'
import { useNow } from './use-now.ts'

type Props = {
  detail: ProviderDetail
  /** Whether checks and traffic agree, in words; null where nobody can say. */
  agreement: string | null
}

/** Which provider, how it is and why, what it is, and what can be done about it. */
export function ProviderHeading({ detail, agreement }: Props) {
  const now = useNow()
  const { snapshot } = detail
  const { icon, sentence, since } = providerHeadline(snapshot, { asOf: Date.parse(detail.asOf), now })
  const held = overrideLine(snapshot, now)
  return (
    <SubjectHeading
      className={styles.heading}
      path={{ href: '/', from: 'Overview', here: snapshot.name }}
      icon={icon}
      title={
        <>
          {sentence} {since !== null && <small>{since}</small>}
        </>
      }
      facts={providerFacts(detail, agreement).map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
      actions={<ProviderActions snapshot={snapshot} />}
    >
      {held !== null && (
        <p className={styles.held}>
          <Pill tone="held">
            <StatusIcon state="override" size={14} />
            {held}
          </Pill>
          <span>{snapshot.circuit.override?.reason}</span>
        </p>
      )}
    </SubjectHeading>
  )
}
