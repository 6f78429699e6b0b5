'use client'

import { useQueries, useQuery } from '@tanstack/react-query'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { routingQueries } from '#lib/client/routing-queries.ts'
import { useProviderNames } from '#lib/client/use-provider-names.ts'
import { returnEffect, routesOf, trafficEffect, type TrafficEffect } from '#lib/view/traffic-effect.ts'
import styles from './traffic-effects.module.css'

type Props = {
  providerId: string
  /** Whether the provider is to take no requests any more, or to take them again. */
  change: 'leaves' | 'returns'
}

/** What a change of a provider does to each route it is a member of; nothing where it is in none. */
export function TrafficEffects({ providerId, change }: Props) {
  const { data: state } = useQuery(routingQueries.state())
  const names = useProviderNames()
  const routes = routesOf(state?.routes ?? [], providerId)
  const thens = useQueries({
    queries: routes.map(({ name }) => ({
      ...routingQueries.simulation(name, { exclude: [providerId] }),
      enabled: change === 'leaves',
    })),
  })
  const subject = { providerId, nameOf: (id: string) => names[id] ?? id }
  const effects: TrafficEffect[] = routes.map((route, index) =>
    change === 'leaves'
      ? trafficEffect(route, thens[index]?.data ?? null, subject)
      : { route: route.name, isLoss: false, words: returnEffect(route, subject) },
  )
  if (effects.length === 0) return null
  return (
    <ul className={styles.effects} aria-label="What happens to traffic">
      {effects.map(({ route, words, isLoss }) => (
        <li key={route} data-loss={isLoss || undefined}>
          {isLoss && <StatusIcon state="degraded" size={14} />}
          <span>{words}.</span>
        </li>
      ))}
    </ul>
  )
}
