'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { accessCondition } from '#components/access/access-condition.ts'
import { ListPanel } from '#components/settings/list-panel.tsx'
import { PageHeading } from '#components/settings/page-heading.tsx'
import { Button } from '#components/ui/button.tsx'
import { usersQuery } from '#lib/client/user-queries.ts'
import { whoQuery } from '#lib/client/who-query.ts'
import { usersSummary } from '#lib/view/users-summary.ts'
import { AddUserDialog } from './add-user-dialog.tsx'
import { UserDialogs, type UserAction } from './user-dialogs.tsx'
import { UserRow } from './user-row.tsx'

const COLUMNS = ['User', 'User name', 'Role', 'Second factor', 'State'] as const

/** Everybody who may sign in. */
export function UsersPage() {
  const list = useQuery(usersQuery())
  const { data } = list
  const { data: who } = useQuery(whoQuery())
  const [isAdding, setAdding] = useState(false)
  const [action, setAction] = useState<UserAction | null>(null)
  const condition = accessCondition(list, { permission: 'users.manage' })
  return (
    <>
      <PageHeading
        title="Users"
        actions={
          <Button
            variant="solid"
            disabled={condition.kind === 'forbidden' || condition.kind === 'not_configured'}
            onClick={() => setAdding(true)}
          >
            Add a user…
          </Button>
        }
      >
        {data === undefined ? 'Everybody who may sign in.' : usersSummary(data)}
      </PageHeading>
      <ListPanel title="Users" minHeight={240} condition={condition} columns={COLUMNS}>
        {(data ?? []).map((account) => (
          <UserRow
            key={account.id}
            account={account}
            isSelf={account.id === who?.account?.id}
            onAction={setAction}
          />
        ))}
      </ListPanel>
      {isAdding && <AddUserDialog onClose={() => setAdding(false)} />}
      <UserDialogs action={action} onClose={() => setAction(null)} />
    </>
  )
}
