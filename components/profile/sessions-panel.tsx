'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { accessCondition } from '#components/access/access-condition.ts'
import { ListPanel } from '#components/settings/list-panel.tsx'
import { Button } from '#components/ui/button.tsx'
import { profileQueries } from '#lib/client/profile-queries.ts'
import { EndOtherSessionsDialog } from './end-other-sessions-dialog.tsx'
import { SessionRow } from './session-row.tsx'

const COLUMNS = ['Browser', 'Address', 'Since'] as const

/** The browsers in which one is signed in; whichever one does not know can be ended. */
export function SessionsPanel() {
  const list = useQuery(profileQueries.sessions())
  const { data } = list
  const [isEnding, setEnding] = useState(false)
  const others = (data ?? []).filter(({ isCurrent }) => !isCurrent).length
  return (
    <>
      <ListPanel
        columns={COLUMNS}
        title="Signed in"
        minHeight={86}
        condition={accessCondition(list, { permission: 'profile.manage' })}
        meta={
          others > 0 && (
            <Button size="small" onClick={() => setEnding(true)}>
              End all others…
            </Button>
          )
        }
      >
        {(data ?? []).map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ListPanel>
      {isEnding && <EndOtherSessionsDialog others={others} onClose={() => setEnding(false)} />}
    </>
  )
}
