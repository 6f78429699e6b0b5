'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { queries } from '#lib/client/queries.ts'
import { EventFeed } from './event-feed.tsx'
import { FleetFigures } from './fleet-figures.tsx'
import { FleetHeadline } from './fleet-headline.tsx'
import { FleetLanes } from './fleet-lanes.tsx'
import styles from './overview.module.css'
import { ProvidersPanel } from './providers-panel.tsx'

// Wanted once in a console's life.
const EmptyFleet = dynamic(() => import('./empty-fleet.tsx').then(({ EmptyFleet }) => EmptyFleet))

/** The fleet on one page: what is wrong, since when, and where to go on. */
export function Overview() {
  const { data: monitor } = useQuery(queries.monitor())
  if (monitor?.providers.length === 0) return <EmptyFleet />
  return (
    <>
      <FleetHeadline />
      <FleetFigures />
      <ProvidersPanel />
      <div className={styles.history}>
        <FleetLanes />
        <EventFeed />
      </div>
    </>
  )
}
