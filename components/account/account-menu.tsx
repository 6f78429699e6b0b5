'use client'

import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useRef } from 'react'
import { GuardedLink } from '#components/ui/guarded-link.tsx'
import { loadPage } from '#lib/client/load-page.ts'
import { useAccount, useMay } from '#lib/client/session.ts'
import { signInMutations } from '#lib/client/sign-in-mutations.ts'
import styles from './account-menu.module.css'

const MENU_ID = 'account-menu'

/** Who is signed in, and what is theirs; nothing where nobody signs in. */
export function AccountMenu() {
  const account = useAccount()
  const mayManageUsers = useMay('users.manage')
  const menu = useRef<HTMLDivElement>(null)
  const signOut = useMutation(signInMutations.signOut())
  if (account === null) return null
  const close = () => menu.current?.hidePopover()
  const leave = () => signOut.mutate(undefined, { onSuccess: () => loadPage('/sign-in'), onError: close })
  return (
    <div className={styles.place}>
      <button type="button" className={styles.button} popoverTarget={MENU_ID} title="Your account">
        <span className={styles.initial} aria-hidden>
          {account.name.slice(0, 1).toUpperCase()}
        </span>
        <span className={styles.name}>{account.name}</span>
      </button>
      <div
        ref={menu}
        id={MENU_ID}
        popover="auto"
        className={styles.menu}
        role="group"
        aria-label="Your account"
      >
        <p className={styles.who}>
          <b>{account.name}</b>
          <span>{account.role}</span>
        </p>
        <Link href="/profile" className={styles.item} prefetch={false} onClick={close}>
          Profile
        </Link>
        {mayManageUsers && (
          <Link href="/settings/users" className={styles.item} prefetch={false} onClick={close}>
            Users
          </Link>
        )}
        <GuardedLink
          needs="audit.read"
          href="/audit"
          className={styles.item}
          prefetch={false}
          onClick={close}
        >
          Audit
        </GuardedLink>
        <button type="button" className={styles.item} disabled={signOut.isPending} onClick={leave}>
          {signOut.isPending ? 'Signing out…' : 'Sign out'}
        </button>
      </div>
    </div>
  )
}
