'use client'

import dynamic from 'next/dynamic'
import { closeOverlay, useOverlay } from './overlay-store.ts'

const Palette = dynamic(() => import('./palette.tsx').then(({ Palette }) => Palette), { ssr: false })
const ShortcutHelp = dynamic(() => import('./shortcut-help.tsx').then(({ ShortcutHelp }) => ShortcutHelp), {
  ssr: false,
})
const RangeDialog = dynamic(() => import('./range-dialog.tsx').then(({ RangeDialog }) => RangeDialog), {
  ssr: false,
})

/** What is laid over the page now; its code comes when it is first asked for. */
export function Overlays() {
  const open = useOverlay()
  if (open === 'palette') return <Palette onClose={closeOverlay} />
  if (open === 'help') return <ShortcutHelp onClose={closeOverlay} />
  if (open === 'range') return <RangeDialog onClose={closeOverlay} />
  return null
}
