'use client'

import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { SessionContext } from '#lib/client/session.ts'
import { onTurnedAway } from '#lib/client/turned-away.ts'
import { recheckWho, whoQuery } from '#lib/client/who-query.ts'
import type { Who } from '#lib/contract/account.ts'
import { sessionQuestion } from '#lib/view/access-view.ts'

/** Tells the page who is there, notices when that is over, and has everything asked anew once they are back. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const path = usePathname()
  const { data: now = null } = useQuery(whoQuery())
  const { who, owner } = useThoseBefore(now)
  const isSignedOut = now?.state === 'signed_out'
  const question = sessionQuestion(now, { owner, path })

  useEffect(() => onTurnedAway(() => void recheckWho(client)), [client])
  useEffect(() => {
    if (!isSignedOut) return
    return () => askAllAgain(client)
  }, [client, isSignedOut])

  const session = useMemo(() => ({ who, isSignedOut, owner, question }), [who, isSignedOut, owner, question])
  return <SessionContext value={session}>{children}</SessionContext>
}

/** Who was there last, and who was first: whom the page was loaded for. */
function useThoseBefore(now: Who | null): { who: Who | null; owner: Who['account'] } {
  const [who, setWho] = useState(now)
  const [owner, setOwner] = useState(now?.account ?? null)
  const isSomebody = now !== null && now.state !== 'signed_out'
  if (isSomebody && now !== who) setWho(now)
  if (isSomebody && owner === null && now.account !== null) setOwner(now.account)
  return { who, owner }
}

const askAllAgain = (client: QueryClient) => {
  const [who] = whoQuery().queryKey
  void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== who })
}
