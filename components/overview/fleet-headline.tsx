'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useClock } from '#lib/client/clock.ts'
import { queries } from '#lib/client/queries.ts'
import { rememberLast } from '#lib/client/remember-last.ts'
import { headline } from '#lib/view/headline.ts'
import styles from './fleet-headline.module.css'

/** The sentence that says whether something is wrong. */
export function FleetHeadline() {
  const { data: monitor } = useQuery(queries.monitor())
  const { data: self } = useQuery(queries.health())
  // The page draws with each change of a row, the sentence changes once a second at most.
  const say = useMemo(() => {
    const facts = {
      stats: monitor?.stats ?? NO_STATS,
      rows: monitor?.providers ?? [],
      asOf: monitor ? Date.parse(monitor.asOf) : null,
      isImpaired: self?.status === 'impaired',
    }
    return rememberLast((now: number) => JSON.stringify(headline({ ...facts, now })))
  }, [monitor, self])
  const text = useClock(say)
  // The clock compares what it made by value, which a sentence in pieces needs a text for.
  const { tone, title, details } = JSON.parse(text) as ReturnType<typeof headline>
  return (
    <div className={styles.headline} data-tone={tone}>
      <h1>{title}</h1>
      <p className={styles.details}>{details.length === 0 ? '\u00a0' : details.join(' ')}</p>
    </div>
  )
}

const NO_STATS = {
  totalProviders: 0,
  healthyProviders: 0,
  degradedProviders: 0,
  unhealthyProviders: 0,
  unknownProviders: 0,
  averageLatencyMs: null,
}
