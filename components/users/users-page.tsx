'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { accessCondition } from '#components/access/access-condition.ts'
import { PageHeading } from '#components/settings/page-heading.tsx'
import styles from '#components/settings/provider-list.module.css'
import { Button } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { usersQuery } from '#lib/client/user-queries.ts'
import { whoQuery } from '#lib/client/who-query.ts'
import { usersSummary } from '#lib/view/users-summary.ts'
import { AddUserDialog } from './add-user-dialog.tsx'
import { UserDialogs, type UserAction } from './user-dialogs.tsx'
import { UserRow } from './user-row.tsx'

/** Everybody who may sign in. */
export function UsersPage() {
  const { data, error } = useQuery(usersQuery())
  const { data: who } = useQuery(whoQuery())
  const [isAdding, setAdding] = useState(false)
  const [action, setAction] = useState<UserAction | null>(null)
  const condition = accessCondition({ error, isLoaded: data !== undefined, permission: 'users.manage' })
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
      <Panel title="Users" minHeight={240} condition={condition}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">User</th>
              <th scope="col">User name</th>
              <th scope="col">Role</th>
              <th scope="col">Second factor</th>
              <th scope="col">State</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {(data ?? []).map((account) => (
              <UserRow
                key={account.id}
                account={account}
                isSelf={account.id === who?.account?.id}
                onAction={setAction}
              />
            ))}
          </tbody>
        </table>
      </Panel>
      {isAdding && <AddUserDialog onClose={() => setAdding(false)} />}
      <UserDialogs action={action} onClose={() => setAction(null)} />
    </>
  )
}
