'use client'

import Link from 'next/link'
import { useSyncExternalStore } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { DataList } from '#components/ui/data-list.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Time } from '#components/ui/time.tsx'
import { addressOf } from '#lib/client/base-path.ts'
import { incidentPath } from '#lib/client/incident-queries.ts'
import { useProviderNames } from '#lib/client/use-provider-names.ts'
import type { IncidentDetail } from '#lib/contract/incident.ts'
import { alertsWords } from '#lib/view/incident-view.ts'
import styles from './incident-facts.module.css'

/** So many providers are named one by one. */
const MOST_NAMED = 6

/** When, who, how many, and how to hand it on: its link and its post-mortem. */
export function IncidentFacts({ incident }: { incident: IncidentDetail }) {
  const { id, startedAt, resolvedAt, acknowledgement, told, dedupKey } = incident
  const address = useAddress(`/incidents/${encodeURIComponent(id)}`)
  return (
    <Panel title="Facts">
      <div className={styles.body}>
        <DataList
          items={[
            { name: 'Began', value: <Time at={startedAt} show="full" /> },
            { name: 'Over', value: resolvedAt === null ? 'not yet' : <Time at={resolvedAt} show="full" /> },
            { name: 'Alerts', value: alertsWords(incident.alerts) },
            {
              name: 'Acknowledged',
              value:
                acknowledgement === null ? (
                  'by nobody'
                ) : (
                  <>
                    by {acknowledgement.by}, <Time at={acknowledgement.at} />
                  </>
                ),
            },
            { name: 'Told', value: told ? 'yes' : 'nobody' },
            { name: 'Providers', value: <Providers ids={incident.providerIds} /> },
            { name: 'Link', value: <CopyButton text={address} what="the incident’s link" /> },
            { name: 'Key of its messages', value: <code>{dedupKey}</code> },
          ]}
        />
        <a className={styles.download} href={addressOf(incidentPath(id, 'export'))} download>
          Download post-mortem
        </a>
      </div>
    </Panel>
  )
}

function Providers({ ids }: { ids: readonly string[] }) {
  const names = useProviderNames()
  if (ids.length === 0) return 'none'
  const more = ids.length - MOST_NAMED
  return (
    <span className={styles.providers}>
      {ids.slice(0, MOST_NAMED).map((id) => (
        <Link key={id} href={`/providers/${encodeURIComponent(id)}`} prefetch={false}>
          {names[id] ?? id}
        </Link>
      ))}
      {more > 0 && <span>and {more} more</span>}
    </span>
  )
}

const never = () => () => undefined

/** The whole address of one of our pages; the path alone until the browser runs. */
const useAddress = (path: string): string =>
  useSyncExternalStore(
    never,
    () => `${window.location.origin}${addressOf(path)}`,
    () => addressOf(path),
  )
