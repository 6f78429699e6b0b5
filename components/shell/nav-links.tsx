'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTimeWindow } from '#lib/client/use-time-window.ts'
import { windowQuery } from '#lib/view/time-window.ts'
import { IncidentCount } from './incident-count.tsx'
import { NavIcon } from './nav-icon.tsx'
import styles from './nav-links.module.css'
import { PAGES, pageOf } from './pages.ts'

/** The ways to the console's pages: a row in the bar, tabs at the bottom of a phone. The chosen time range, or the fixed window, comes along. */
export function NavLinks() {
  const current = pageOf(usePathname())
  const { window } = useTimeWindow()
  const text = new URLSearchParams(windowQuery(window).map(([name, value]) => [name, value])).toString()
  const query = text === '' ? '' : `?${text}`
  return (
    <nav className={styles.nav} aria-label="Pages">
      {PAGES.map(({ href, label }) => (
        <Link
          key={href}
          className={styles.link}
          // Their data is of the moment: read ahead, it would be old, and be read again at each zoom.
          prefetch={false}
          href={`${href}${query}`}
          aria-current={href === current ? 'page' : undefined}
        >
          <NavIcon href={href} />
          {label}
          {href === '/incidents' && <IncidentCount />}
        </Link>
      ))}
    </nav>
  )
}
