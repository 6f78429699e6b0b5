import type { ButtonVariant } from './button.tsx'
import styles from './button.module.css'
import { GuardedLink, type GuardedLinkProps } from './guarded-link.tsx'

export type ButtonLinkProps = GuardedLinkProps & { variant?: ButtonVariant; size?: 'small' | 'medium' }

/** A link that looks like a button, for going somewhere rather than doing something. */
export function ButtonLink({ variant = 'plain', size = 'medium', className, ...rest }: ButtonLinkProps) {
  const looks = { 'data-variant': variant, 'data-size': size }
  return <GuardedLink {...rest} {...looks} className={`${styles.button} ${className ?? ''}`} />
}
