'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { useClock } from '#lib/client/clock.ts'
import { queries } from '#lib/client/queries.ts'
import { rememberLast } from '#lib/client/remember-last.ts'
import type { Monitor } from '#lib/contract/monitor.ts'
import { routingHeadline } from '#lib/view/routing-headline.ts'
import { DecisionSearch } from './decision-search.tsx'
import styles from './routing-heading.module.css'
import { useNameOf } from './use-name-of.ts'
import { useRouting } from './use-routing.ts'

const openCircuitsIn = ({ providers }: Monitor): number =>
  providers.filter(({ circuit }) => circuit.state === 'open').length

/** The sentence that says whether every route has somebody to send its requests to. */
export function RoutingHeading() {
  const { state } = useRouting()
  const { data: openCircuits = 0 } = useQuery({ ...queries.monitor(), select: openCircuitsIn })
  const nameOf = useNameOf()
  const say = useMemo(
    () =>
      rememberLast((now: number) => JSON.stringify(routingHeadline({ state, openCircuits, now, nameOf }))),
    [state, openCircuits, nameOf],
  )
  // The clock compares what it made by value, which a sentence in pieces needs a text for.
  const { tone, title, details } = JSON.parse(useClock(say)) as ReturnType<typeof routingHeadline>
  return (
    <header className={styles.heading} data-tone={tone}>
      <div className={styles.words}>
        <h1>{title}</h1>
        {details.length > 0 && <p className={styles.details}>{details.join(' ')}</p>}
      </div>
      <div className={styles.tools}>
        <DecisionSearch />
        <ButtonLink href="/settings/routes">Edit routes</ButtonLink>
      </div>
    </header>
  )
}
