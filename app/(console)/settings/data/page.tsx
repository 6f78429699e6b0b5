import type { Metadata } from 'next'
import { DataPage } from '#components/data/data-page.tsx'

export const metadata: Metadata = { title: 'Data' }

/** The database as a whole. Every page of it is looked at to say what it holds, so the first paint does not wait. */
export default function Page() {
  return <DataPage />
}
