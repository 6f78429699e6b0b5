import Link from 'next/link'
import styles from './top-bar.module.css'

/** The product's sign, which leads home. */
export function Brand() {
  return (
    <Link href="/" className={styles.brand}>
      <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden>
        <path d="M2 14.5h4.5l6.5-9h5M2 5.5h4M14 14.5h4" />
        <circle cx="6.5" cy="14.5" r="1.7" />
      </svg>
      <span>Switchyard</span>
    </Link>
  )
}
