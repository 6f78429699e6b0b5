'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useMemo, useState } from 'react'
import { Panel } from '#components/ui/panel.tsx'
import { MarkerLink } from '#components/ui/marker-link.tsx'
import { ShowAll } from '#components/ui/show-all.tsx'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { Time } from '#components/ui/time.tsx'
import { useClock } from '#lib/client/clock.ts'
import { queries } from '#lib/client/queries.ts'
import { useProviderNames } from '#lib/client/use-provider-names.ts'
import { useTimeWindow } from '#lib/client/use-time-window.ts'
import { useZone } from '#lib/client/use-zone.ts'
import { eventFeed } from '#lib/view/event-feed.ts'
import { needsDay } from '#lib/view/format.ts'
import { windowPhrase } from '#lib/view/time-window.ts'
import styles from './event-feed.module.css'
import { useEventsCondition } from './use-events-condition.ts'

const FIRST = 9
const MINUTE = 60_000

/** What happened and what operators did, newest first, each leading to its provider at that time. */
export function EventFeed() {
  const { window } = useTimeWindow()
  const { zone } = useZone()
  const { data: page } = useQuery(queries.events(window))
  const names = useProviderNames()
  const condition = useEventsCondition(window)
  const minute = useClock((now) => Math.floor(now / MINUTE) * MINUTE)
  const [isWhole, setWhole] = useState(false)

  const entries = useMemo(() => {
    return eventFeed(page?.items ?? [], { nameOf: (id) => names[id] ?? id, now: minute })
  }, [page, names, minute])
  const shown = isWhole ? entries : entries.slice(0, FIRST)

  return (
    <Panel
      title="Events"
      meta={entries.length > 0 && 'newest first'}
      minHeight={140}
      condition={
        condition.kind === 'ready' && entries.length === 0
          ? { kind: 'empty', text: `Nothing happened in ${windowPhrase(window, zone)}.` }
          : condition
      }
    >
      <ol className={styles.feed}>
        {shown.map(({ id, at, icon, subject, words, url }) => (
          <li key={id}>
            <span className={styles.time}>
              <Time at={at} show={needsDay(at, minute) ? 'day' : 'clock'} />
            </span>
            <StatusIcon state={icon} size={14} />
            <span>
              {subject !== null && (
                <>
                  <Link href={subject.href} prefetch={false}>
                    {subject.name}
                  </Link>{' '}
                </>
              )}
              {words}
              {url !== null && <MarkerLink url={url} />}
            </span>
          </li>
        ))}
      </ol>
      <ShowAll shown={shown.length} total={entries.length} onShowAll={() => setWhole(true)} />
    </Panel>
  )
}
