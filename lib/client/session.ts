'use client'

import { createContext, useContext } from 'react'
import type { Who } from '#lib/contract/account.ts'
import type { Permission, Role } from '#lib/domain/access/roles.ts'
import { roleLacking, type SessionQuestion } from '#lib/view/access-view.ts'

/** Who the page speaks with. */
export type Session = {
  /** Who is there, or was when their session ended: a page does not change its looks by that. Null while not known. */
  who: Who | null
  isSignedOut: boolean
  /** The account that the page was loaded for; null where nobody signs in. */
  owner: Who['account']
  question: SessionQuestion | null
}

const UNKNOWN: Session = { who: null, isSignedOut: false, owner: null, question: null }

export const SessionContext = createContext(UNKNOWN)

export const useSession = (): Session => useContext(SessionContext)

/** The account that is signed in; null where nobody signs in. */
export const useAccount = (): Who['account'] => useSession().who?.account ?? null

/** The role that the user lacks for what needs the permission; null when they may, or nothing is needed. */
export function useRoleLacking(needs: Permission | undefined): Role | null {
  const { who } = useSession()
  return needs === undefined ? null : roleLacking(who, needs)
}

/** Whether the user may do what needs the permission. */
export const useMay = (needs: Permission | undefined): boolean => useRoleLacking(needs) === null
