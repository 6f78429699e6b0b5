'use client'

import { useMemo } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import detail from '#components/ui/detail.module.css'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { Time } from '#components/ui/time.tsx'
import { useProviderNames } from '#lib/client/use-provider-names.ts'
import { type AuditEntryView, entityText } from '#lib/contract/audit.ts'
import { auditDiff } from '#lib/view/audit-diff.ts'
import { aboutWords, chartHref, OUTCOMES } from '#lib/view/audit-view.ts'
import { NOTHING } from '#lib/view/format.ts'
import { AuditDiffTable } from './audit-diff-table.tsx'
import styles from './audit-detail.module.css'
import { useAuditFilter } from './use-audit-filter.ts'

/** An entry in full: how it ended and why, what differs, who it was and from where, and its place in the chain. */
export function AuditDetail({ entry }: { entry: AuditEntryView }) {
  const names = useProviderNames()
  const { set } = useAuditFilter()
  const diff = useMemo(() => auditDiff(entry.before, entry.after), [entry])
  const outcome = OUTCOMES[entry.outcome]
  const { entity, providerId } = entry
  // A provider that was deleted has no page to show its charts on.
  const chart = providerId !== null && providerId in names ? chartHref(entry) : null
  return (
    <div className={detail.detail}>
      <p className={detail.result}>
        <StatusIcon state={outcome.icon} />
        <b>{outcome.words}</b>
        <span>
          by {entry.actor}, <Time at={entry.at} show="full" />
        </span>
      </p>
      {entry.reason !== null && <blockquote className={styles.reason}>{entry.reason}</blockquote>}
      <div className={styles.ways}>
        {chart !== null && (
          <ButtonLink href={chart} size="small">
            Show on chart
          </ButtonLink>
        )}
        <Button size="small" onClick={() => set.actor(entry.actorId)}>
          Only by {entry.actor}
        </Button>
        {entity !== null && (
          <Button size="small" onClick={() => set.entity(entityText(entity))}>
            Only about this
          </Button>
        )}
      </div>
      {diff.kind !== 'none' && <AuditDiffTable diff={diff} />}
      <section>
        <h3>Facts</h3>
        <dl className={detail.facts}>
          {factsOf(entry, (id) => names[id] ?? id).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value ?? NOTHING}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  )
}

const factsOf = (entry: AuditEntryView, nameOf: (id: string) => string) =>
  [
    ['Action', entry.action],
    ['About', aboutWords(entry, nameOf) || null],
    ['Who', `${entry.actor} (${entry.actorId})`],
    ['From', entry.address],
    ['Request', entry.requestId],
    ['Entry', `${entry.number}, ${entry.id}`],
    ['Hash', entry.hash],
    ['Hash before', entry.previousHash || null],
  ] as const
