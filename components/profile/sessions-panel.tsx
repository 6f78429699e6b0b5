'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { accessCondition } from '#components/access/access-condition.ts'
import styles from '#components/settings/provider-list.module.css'
import { Button } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { profileQueries } from '#lib/client/profile-queries.ts'
import { EndOtherSessionsDialog } from './end-other-sessions-dialog.tsx'
import { SessionRow } from './session-row.tsx'

/** The browsers in which one is signed in; whichever one does not know can be ended. */
export function SessionsPanel() {
  const { data, error } = useQuery(profileQueries.sessions())
  const [isEnding, setEnding] = useState(false)
  const others = (data ?? []).filter(({ isCurrent }) => !isCurrent).length
  return (
    <Panel
      title="Signed in"
      minHeight={140}
      condition={accessCondition({ error, isLoaded: data !== undefined, permission: 'profile.manage' })}
      meta={
        others > 0 && (
          <Button size="small" onClick={() => setEnding(true)}>
            End all others…
          </Button>
        )
      }
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Browser</th>
            <th scope="col">Address</th>
            <th scope="col">Since</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {(data ?? []).map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </tbody>
      </table>
      {isEnding && <EndOtherSessionsDialog others={others} onClose={() => setEnding(false)} />}
    </Panel>
  )
}
