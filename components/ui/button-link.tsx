import Link from 'next/link'
import type { ComponentProps } from 'react'
import type { ButtonVariant } from './button.tsx'
import styles from './button.module.css'

export type ButtonLinkProps = ComponentProps<typeof Link> & {
  variant?: ButtonVariant
  size?: 'small' | 'medium'
}

/** A link that looks like a button, for going somewhere rather than doing something. */
export function ButtonLink({ variant = 'plain', size = 'medium', className, ...rest }: ButtonLinkProps) {
  return (
    <Link
      {...rest}
      className={`${styles.button} ${className ?? ''}`}
      data-variant={variant}
      data-size={size}
    />
  )
}
