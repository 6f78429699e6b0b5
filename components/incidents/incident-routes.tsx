'use client'

import Link from 'next/link'
import { Panel } from '#components/ui/panel.tsx'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import type { IncidentDetail } from '#lib/contract/incident.ts'
import { plural } from '#lib/view/format.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import styles from './incident-routes.module.css'

type Props = { routes: IncidentDetail['routes']; condition: PanelCondition }

/** Routes that lead over what the incident is about, and what they have left. */
export function IncidentRoutes({ routes, condition }: Props) {
  return (
    <Panel
      title="Affected routes"
      minHeight={72}
      condition={
        condition.kind === 'ready' && routes.length === 0
          ? { kind: 'empty', text: 'No route leads there.' }
          : condition
      }
    >
      <ul>
        {routes.map(({ name, members, eligible, calls }) => (
          <li key={name} className={styles.route}>
            <StatusIcon state={eligible === 0 ? 'unhealthy' : eligible < members ? 'degraded' : 'healthy'} />
            <div>
              <Link href="/routing" prefetch={false}>
                {name}
              </Link>
              <span className={styles.dim}>
                {eligible} of {plural(members, 'member')} eligible now · {plural(calls, 'call')} in the last
                hour
              </span>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
