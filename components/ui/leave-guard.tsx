'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { pathOf } from '#lib/client/base-path.ts'
import { hasDrafts, useDraft } from '#lib/client/drafts.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

type Props = {
  /** Whether there is something to lose. */
  when: boolean
  /** What would be lost, in words: "2 changes of the thresholds". */
  what: string
}

const isPlain = ({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent) =>
  button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey

/** The address of another page of the console that a press leads to; null when it leads elsewhere, or nowhere. */
function ownPageBehind(press: MouseEvent): string | null {
  const link = press.target instanceof Element ? press.target.closest<HTMLAnchorElement>('a[href]') : null
  if (!isPlain(press) || link === null || link.target === '_blank' || link.origin !== location.origin)
    return null
  const isSamePage = link.pathname === location.pathname && link.search === location.search
  return isSamePage ? null : pathOf(link.href.slice(link.origin.length))
}

/** Asks before unsaved changes are lost: to a link inside the console, to closing, and to reloading. */
export function LeaveGuard({ when, what }: Props) {
  const router = useRouter()
  const stay = useRef<HTMLElement>(null)
  const [target, setTarget] = useState<string | null>(null)

  useDraft(when)
  useEffect(() => {
    if (!when) return
    const onUnload = (event: BeforeUnloadEvent) => {
      if (hasDrafts()) event.preventDefault()
    }
    const onPress = (press: MouseEvent) => {
      const href = ownPageBehind(press)
      if (href === null) return
      press.preventDefault()
      press.stopPropagation()
      setTarget(href)
    }
    window.addEventListener('beforeunload', onUnload)
    // In the capture phase: the router's links must not see the press.
    document.addEventListener('click', onPress, true)
    return () => {
      window.removeEventListener('beforeunload', onUnload)
      document.removeEventListener('click', onPress, true)
    }
  }, [when])

  return (
    <Dialog
      open={target !== null}
      onOpenChange={(open) => {
        if (!open) setTarget(null)
      }}
      title="Leave without saving?"
      initialFocus={stay}
      footer={
        <>
          <Button ref={stay} onClick={() => setTarget(null)}>
            Stay
          </Button>
          <Button
            variant="danger"
            onClick={() => {
              if (target !== null) router.push(target)
              setTarget(null)
            }}
          >
            Leave and lose it
          </Button>
        </>
      }
    >
      <p>{what} would be lost.</p>
    </Dialog>
  )
}
