import type { Metadata } from 'next'
import { SetUpPage } from '#components/entry/set-up-page.tsx'

export const metadata: Metadata = { title: 'Set up sign-in' }

/** Makes the first administrator. */
export default function Page() {
  return <SetUpPage />
}
