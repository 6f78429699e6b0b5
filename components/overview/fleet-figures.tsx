'use client'

import { useQuery } from '@tanstack/react-query'
import { queries } from '#lib/client/queries.ts'
import type { Monitor } from '#lib/contract/monitor.ts'
import { fleetFigures, type FleetFigure } from '#lib/view/fleet-figures.ts'
import { isDimmed } from '#lib/view/panel-condition.ts'
import styles from './fleet-figures.module.css'
import { useFleetCondition } from './use-fleet-condition.ts'

const NONE: readonly FleetFigure[] = [
  'Providers',
  'Success, last hour',
  'Latency p50 / worst p95',
  'Traffic, last hour',
  'Circuits open',
].map((label) => ({ label, value: '–', addition: '', hint: '' }))

const select = ({ stats, providers }: Monitor) => fleetFigures(stats, providers)

/** The fleet in four figures. */
export function FleetFigures() {
  const { data: figures = NONE } = useQuery({ ...queries.monitor(), select })
  const isOld = isDimmed(useFleetCondition())
  return (
    <dl className={styles.figures} data-old={isOld}>
      {figures.map(({ label, value, addition, hint }) => (
        <div key={label} className={styles.figure} title={hint}>
          <dt>{label}</dt>
          <dd>
            <b>{value}</b> <span>{addition}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
