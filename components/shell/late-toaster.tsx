'use client'

import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { toasts } from '#components/ui/toasts.ts'

const Toaster = dynamic(() => import('#components/ui/toaster.tsx').then(({ Toaster }) => Toaster), {
  ssr: false,
})

/** A toast tells of what somebody did, so that its place is there, and heard by screen readers, before its words. */
const FIRST_DEEDS = ['pointerdown', 'keydown', 'click'] as const

/** The toaster; its code comes with the first press or key, or with the first toast. */
export function LateToaster() {
  const [isWanted, setWanted] = useState(false)
  useEffect(() => {
    const want = () => setWanted(true)
    for (const deed of FIRST_DEEDS) window.addEventListener(deed, want, { capture: true, once: true })
    const stop = toasts.onWaiting(want)
    return () => {
      for (const deed of FIRST_DEEDS) window.removeEventListener(deed, want, { capture: true })
      stop()
    }
  }, [])
  return isWanted ? <Toaster /> : null
}
