'use client'

import Link from 'next/link'
import { Pill } from '#components/ui/pill.tsx'
import { StatusIcon } from '#components/ui/status-icon.tsx'
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
    <header className={styles.heading}>
      <nav aria-label="Breadcrumb" className={styles.path}>
        <Link href="/">Overview</Link> <span aria-hidden="true">/</span>{' '}
        <span aria-current="page">{snapshot.name}</span>
      </nav>
      <div className={styles.top}>
        <div className={styles.words}>
          <h1>
            <StatusIcon state={icon} size={18} />
            <span>
              {sentence} {since !== null && <small>{since}</small>}
            </span>
          </h1>
          <p className={styles.facts}>
            {providerFacts(detail, agreement).map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
          </p>
          {held !== null && (
            <p className={styles.held}>
              <Pill tone="held">
                <StatusIcon state="override" size={14} />
                {held}
              </Pill>
              <span>{snapshot.circuit.override?.reason}</span>
            </p>
          )}
        </div>
        <ProviderActions snapshot={snapshot} />
      </div>
    </header>
  )
}
