'use client'

import { Button as BaseButton } from '@base-ui/react/button'
import type { ComponentProps, ReactNode } from 'react'
import type { Permission } from '#lib/domain/access/roles.ts'
import styles from './button.module.css'
import { classNames } from './class-names.ts'
import { useReadOnly } from './read-only.tsx'
import { Refused, useRefusal } from './refused.tsx'

/** `solid` is a page's one main action, `danger` takes something away, `quiet` has no frame. */
export type ButtonVariant = 'plain' | 'solid' | 'danger' | 'quiet'

export type ButtonProps = Omit<ComponentProps<'button'>, 'ref'> & {
  ref?: React.Ref<HTMLElement>
  variant?: ButtonVariant
  size?: 'small' | 'medium'
  /** Waiting for the server: keeps its place and the focus, ignores presses, and says `pendingLabel`. */
  pending?: boolean
  pendingLabel?: ReactNode
  /** What its user must be allowed to: without it, it stays where it is, is off, and says which role may. */
  needs?: Permission | undefined
}

/** A button that can wait visibly; it never submits a form unless `type="submit"` is given. */
export function Button({
  variant = 'plain',
  size = 'medium',
  pending = false,
  pendingLabel,
  needs,
  disabled,
  children,
  className,
  ...rest
}: ButtonProps) {
  const refusal = useRefusal(needs)
  // In a form that may be read only, all that a button could do is to change it.
  const isLocked = useReadOnly()
  const keepsFocus = pending || refusal !== null
  return (
    <Refused refusal={refusal}>
      <BaseButton
        type="button"
        aria-describedby={refusal?.id}
        {...rest}
        className={classNames(styles.button, className)}
        data-variant={variant}
        data-size={size}
        {...(pending ? WAITING : {})}
        disabled={disabled === true || isLocked || keepsFocus}
        focusableWhenDisabled={keepsFocus}
      >
        {pending ? <Waiting words={pendingLabel}>{children}</Waiting> : children}
      </BaseButton>
    </Refused>
  )
}

const WAITING = { 'data-pending': true, 'aria-busy': true } as const

function Waiting({ words, children }: { words: ReactNode; children: ReactNode }) {
  return (
    <>
      <span className={styles.spinner} aria-hidden="true" />
      {words ?? children}
    </>
  )
}
