import styles from './nav-links.module.css'
import type { PageHref } from './pages.ts'

const PATHS: Record<PageHref, string> = {
  '/': 'M2.5 4h13M2.5 9h13M2.5 14h8',
  '/circuits':
    'M1.5 9h4M12.5 9h4M5.5 9l6-4M5.5 9a1 1 0 1 1-2 0 1 1 0 0 1 2 0zM14.5 9a1 1 0 1 1-2 0 1 1 0 0 1 2 0z',
  '/routing':
    'M2 4.5h3.5l6 9H16M2 13.5h3.5l1.6-2.4M9.9 6.9l1.6-2.4H16M13.5 2 16 4.5 13.5 7M13.5 11l2.5 2.5-2.5 2.5',
  '/incidents': 'M9 2 16.4 15.4H1.6zM9 7v4M9 13v.3',
  '/audit': 'M4 1.5h7l3.5 3.5v11.5H4zM10.5 1.5V5.5h4M6.5 9h5M6.5 12.5h5',
  '/settings':
    'M2.5 5h7M13.5 5h2M2.5 13h2M8.5 13h7M13.5 5a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM8.5 13a2 2 0 1 1-4 0 2 2 0 0 1 4 0z',
}

/** A page's sign for the tabs of a phone. */
export function NavIcon({ href }: { href: PageHref }) {
  return (
    <svg className={styles.icon} width="18" height="18" viewBox="0 0 18 18" aria-hidden>
      <path d={PATHS[href]} />
    </svg>
  )
}
