'use client'

import styles from '#components/overview/fleet-figures.module.css'
import { isDimmed } from '#lib/view/panel-condition.ts'
import { routingFigures } from '#lib/view/routing-figures.ts'
import { useRouting } from './use-routing.ts'

/** The last hour of all routes in four figures. */
export function RoutingFigures() {
  const { state, condition } = useRouting()
  const figures = routingFigures(state?.routes ?? [])
  return (
    <dl className={styles.figures} data-old={isDimmed(condition)} style={{ margin: 0 }}>
      {figures.map(({ label, value, addition, hint }) => (
        <div key={label} className={styles.figure} title={hint}>
          <dt>{label}</dt>
          <dd>
            <b>{state === null ? '–' : value}</b> <span>{addition}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
