import type { Metadata } from 'next'
import { ProfilePage } from '#components/profile/profile-page.tsx'

export const metadata: Metadata = { title: 'Profile' }

/** Oneself. What it shows comes by calls, which ask for their own permission. */
export default function Page() {
  return <ProfilePage />
}
