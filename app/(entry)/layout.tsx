import type { ReactNode } from 'react'
import { EntryFrame } from '#components/entry/entry-frame.tsx'

/** The pages before the console: they know nothing of the fleet. */
export default function EntryLayout({ children }: { children: ReactNode }) {
  return <EntryFrame>{children}</EntryFrame>
}
