'use client'

import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import type { ReactNode, RefObject } from 'react'
import styles from './dialog.module.css'

export type DialogProps = {
  open: boolean
  /** Called by Esc, by a press outside and by a Close; a dialog that is waiting may decline by staying open. */
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  children: ReactNode
  footer?: ReactNode
  /** Where focus starts: on Cancel, for anything that changes traffic. */
  initialFocus?: RefObject<HTMLElement | null>
  size?: 'medium' | 'large'
}

/** A modal dialog: focus stays inside, Esc closes, and at phone width it is a sheet from below. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, children, footer, initialFocus, size = 'medium' } = props
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={styles.backdrop} />
        <BaseDialog.Viewport className={styles.viewport}>
          <BaseDialog.Popup
            className={styles.popup}
            data-size={size}
            {...(initialFocus === undefined ? {} : { initialFocus })}
          >
            <header className={styles.header}>
              <BaseDialog.Title className={styles.title}>{title}</BaseDialog.Title>
              {description !== undefined && (
                <BaseDialog.Description className={styles.description} render={<div />}>
                  {description}
                </BaseDialog.Description>
              )}
            </header>
            <div className={styles.body}>{children}</div>
            {footer !== undefined && <footer className={styles.footer}>{footer}</footer>}
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}
