'use client'

import { useRouter } from 'next/navigation'
import styles from '#components/settings/list-panel.module.css'
import { RowHead } from '#components/settings/row-head.tsx'
import { RowMenu } from '#components/settings/row-menu.tsx'
import type { MenuItem } from '#components/ui/menu.tsx'
import { Pill } from '#components/ui/pill.tsx'
import type { AccountView } from '#lib/contract/account.ts'
import { NOTHING } from '#lib/view/format.ts'
import type { UserAction } from './user-dialogs.tsx'

type Props = {
  account: AccountView
  /** Whether it is who looks. */
  isSelf: boolean
  onAction: (action: UserAction) => void
}

/** One user: who, as what, and how they get in. */
export function UserRow({ account, isSelf, onAction }: Props) {
  const router = useRouter()
  const { name, email, username, role, hasSecondFactor, disabled } = account
  const item = (type: UserAction['type'], label: string, more: Partial<MenuItem> = {}): MenuItem => ({
    label,
    onSelect: () => onAction({ type, account }),
    ...more,
  })
  return (
    <tr data-disabled={disabled || undefined}>
      <RowHead
        name={
          <>
            {name}
            {isSelf && <span className={styles.quiet}> (you)</span>}
          </>
        }
      >
        {email}
      </RowHead>
      <td data-label="User name">{username ?? <span className={styles.quiet}>{NOTHING}</span>}</td>
      <td data-label="Role">{role}</td>
      <td data-label="Second factor">
        {hasSecondFactor ? 'set up' : <span className={styles.quiet}>none</span>}
      </td>
      <td data-label="State">{disabled ? <Pill tone="held">disabled</Pill> : 'may sign in'}</td>
      <RowMenu
        name={name}
        items={[
          item('change', 'Change…'),
          ...(isSelf
            ? [{ label: 'Password and sessions', onSelect: () => router.push('/profile') }]
            : [
                item('password', 'Set a password…'),
                item('second-factor', 'Take the second factor away…', { disabled: !hasSecondFactor }),
                item('sessions', 'End all sessions…'),
              ]),
          item('delete', 'Delete…', { danger: true }),
        ]}
      />
    </tr>
  )
}
