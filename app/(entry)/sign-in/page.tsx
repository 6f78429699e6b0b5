import type { Metadata } from 'next'
import { SignInPage } from '#components/entry/sign-in-page.tsx'
import { ownPath } from '#lib/domain/access/own-path.ts'
import { readWho } from '#lib/server/access/read-who.ts'
import { runtime } from '#lib/server/runtime.ts'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Asks who is there. */
export default async function Page({ searchParams }: Props) {
  const { next } = await searchParams
  const nobody = { principal: null, client: { isLocal: false } }
  const { identityProvider } = await readWho(runtime().access, nobody)
  return (
    <SignInPage to={ownPath(typeof next === 'string' ? next : null)} identityProvider={identityProvider} />
  )
}
