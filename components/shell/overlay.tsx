'use client'

import { useEffect, useRef, type ReactNode } from 'react'
import styles from './overlay.module.css'

/** A modal over the page: the browser keeps the focus inside, and Escape or a press beside it closes it. */
export function Overlay({
  label,
  onClose,
  children,
}: {
  label: string
  onClose: () => void
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
    // The browser would take the first element that can hold focus, which may be a wrapper.
    dialog.current?.querySelector<HTMLElement>('input, button')?.focus()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={styles.overlay}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div className={styles.content}>{children}</div>
    </dialog>
  )
}
