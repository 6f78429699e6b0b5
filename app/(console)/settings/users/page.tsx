import type { Metadata } from 'next'
import { UsersPage } from '#components/users/users-page.tsx'

export const metadata: Metadata = { title: 'Users' }

/** Everybody who may sign in. The list is not every role's to see: it comes by a call, which asks. */
export default function Page() {
  return <UsersPage />
}
