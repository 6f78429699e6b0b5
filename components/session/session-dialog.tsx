'use client'

import { useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import type { SessionQuestion } from '#lib/view/access-view.ts'
import styles from './session-dialog.module.css'
import { SignInAgain } from './sign-in-again.tsx'
import { SomeoneElse } from './someone-else.tsx'

/**
 * A modal over everything that is open, which leaves it as it is: it cannot be put away, only answered. It stands
 * outside the page, where dialogs beneath take no press in it for one beside themselves.
 */
export function SessionDialog({ question }: { question: SessionQuestion }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const shown = dialog.current
    if (shown === null) return
    shown.showModal()
    // Keys pressed here are none of the business of a dialog beneath, which Escape would close.
    const keep = (event: KeyboardEvent) => event.stopPropagation()
    // Browsers close a dialog at the second Escape, whatever is said to the first.
    const stay = () => shown.showModal()
    shown.addEventListener('keydown', keep)
    shown.addEventListener('close', stay)
    return () => {
      shown.removeEventListener('keydown', keep)
      shown.removeEventListener('close', stay)
    }
  }, [])
  return createPortal(
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby="session-title"
      onCancel={(event) => event.preventDefault()}
    >
      {question === 'sign_in' ? <SignInAgain /> : <SomeoneElse />}
    </dialog>,
    document.body,
  )
}
