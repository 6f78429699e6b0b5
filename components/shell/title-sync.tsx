'use client'

import { useEffect } from 'react'
import { markedTitle } from '#lib/view/incident-alarm.ts'
import { useFiringCount } from './use-firing-count.ts'
import { useFleetAge } from './use-fleet-age.ts'
import { useStreamLost } from './use-stream-lost.ts'

/** Says in the window's title when the page no longer speaks about now, and how many incidents fire. */
export function TitleSync() {
  const { freshness } = useFleetAge()
  const isLost = useStreamLost()
  const isStale = isLost || freshness !== 'fresh'
  const firing = useFiringCount()
  useEffect(() => {
    const mark = () => {
      const wanted = markedTitle(document.title, { isStale, firing })
      if (document.title !== wanted) document.title = wanted
    }
    mark()
    // The router writes the title anew with each page.
    const observer = new MutationObserver(mark)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => observer.disconnect()
  }, [isStale, firing])
  return null
}
