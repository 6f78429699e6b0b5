'use client'

import { createContext, useContext, type ReactNode } from 'react'
import { useRoleLacking } from '#lib/client/session.ts'
import type { Permission } from '#lib/domain/access/roles.ts'
import { refusalWords } from '#lib/view/access-view.ts'
import { Notice } from './notice.tsx'

const ReadOnlyContext = createContext(false)

/** Whether the form around it may be read only. */
export const useReadOnly = (): boolean => useContext(ReadOnlyContext)

/** A form that everybody may read, and whose fields only those may change who have the permission; said once, above it. */
export function ReadOnlyWithout({ needs, children }: { needs: Permission; children: ReactNode }) {
  const role = useRoleLacking(needs)
  return (
    <ReadOnlyContext value={role !== null}>
      {role !== null && (
        <Notice tone="info" title={`To read only: changing this ${refusalWords(role)}`} role="note" />
      )}
      {children}
    </ReadOnlyContext>
  )
}
