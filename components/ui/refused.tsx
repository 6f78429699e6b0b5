'use client'

import { useId, type ReactNode } from 'react'
import { useRoleLacking } from '#lib/client/session.ts'
import type { Permission, Role } from '#lib/domain/access/roles.ts'
import { refusalWords } from '#lib/view/access-view.ts'
import styles from './refused.module.css'

/** Why a control is off; `id` is what it must be described by. */
export type Refusal = { role: Role; id: string }

/** Why the user may not use a control that needs the permission; null when they may, or nothing is needed. */
export function useRefusal(needs: Permission | undefined): Refusal | null {
  const id = useId()
  const role = useRoleLacking(needs)
  return role === null ? null : { role, id }
}

/** Says beside a control that is off which role may use it: on hover, on focus, and to those who hear it. */
export function Refused({ refusal, children }: { refusal: Refusal | null; children: ReactNode }) {
  if (refusal === null) return children
  return (
    <span className={styles.place}>
      {children}
      <span id={refusal.id} role="tooltip" className={styles.words}>
        {refusalWords(refusal.role)}
      </span>
    </span>
  )
}
