import type { Metadata } from 'next'
import { SignInPage } from '#components/entry/sign-in-page.tsx'
import { ownPath } from '#lib/domain/access/own-path.ts'
import { runtime } from '#lib/server/runtime.ts'

export const metadata: Metadata = { title: 'Sign in' }

/** No reason is longer. */
const MOST_CHARACTERS = 300

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Asks who is there. */
export default async function Page({ searchParams }: Props) {
  const { next, refused } = await searchParams
  const provider = runtime().access.identity?.provider ?? null
  return (
    <SignInPage
      to={ownPath(typeof next === 'string' ? next : '/')}
      identityProvider={provider && { name: provider.name }}
      // Anybody can make a link that says anything: without a provider nobody was refused by one.
      refused={provider !== null && typeof refused === 'string' ? refused.slice(0, MOST_CHARACTERS) : null}
    />
  )
}
