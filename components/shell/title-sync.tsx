'use client'

import { useEffect } from 'react'
import { useFleetAge } from './use-fleet-age.ts'
import { useStreamLost } from './use-stream-lost.ts'

const STALE = '(stale) '

/** Says in the window's title when the page no longer speaks about now. */
export function TitleSync() {
  const { freshness } = useFleetAge()
  const isLost = useStreamLost()
  const isStale = isLost || freshness !== 'fresh'
  useEffect(() => {
    const mark = () => {
      const plain = document.title.replace(STALE, '')
      const wanted = isStale ? STALE + plain : plain
      if (document.title !== wanted) document.title = wanted
    }
    mark()
    // The router writes the title anew with each page.
    const observer = new MutationObserver(mark)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => observer.disconnect()
  }, [isStale])
  return null
}
