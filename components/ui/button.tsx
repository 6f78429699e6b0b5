'use client'

import { Button as BaseButton } from '@base-ui/react/button'
import type { ComponentProps, ReactNode } from 'react'
import styles from './button.module.css'

/** `solid` is a page's one main action, `danger` takes something away, `quiet` has no frame. */
export type ButtonVariant = 'plain' | 'solid' | 'danger' | 'quiet'

export type ButtonProps = Omit<ComponentProps<'button'>, 'ref'> & {
  ref?: React.Ref<HTMLElement>
  variant?: ButtonVariant
  size?: 'small' | 'medium'
  /** Waiting for the server: keeps its place and the focus, ignores presses, and says `pendingLabel`. */
  pending?: boolean
  pendingLabel?: ReactNode
}

/** A button that can wait visibly; it never submits a form unless `type="submit"` is given. */
export function Button({
  variant = 'plain',
  size = 'medium',
  pending = false,
  pendingLabel,
  disabled,
  children,
  className,
  ...rest
}: ButtonProps) {
  return (
    <BaseButton
      type="button"
      {...rest}
      className={`${styles.button} ${className ?? ''}`}
      data-variant={variant}
      data-size={size}
      data-pending={pending || undefined}
      aria-busy={pending || undefined}
      disabled={disabled === true || pending}
      focusableWhenDisabled={pending}
    >
      {pending ? (
        <>
          <span className={styles.spinner} aria-hidden="true" />
          {pendingLabel ?? children}
        </>
      ) : (
        children
      )}
    </BaseButton>
  )
}
