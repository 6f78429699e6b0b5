'use client'

import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { DEFAULT_RANGE, parseTimeRange } from '#lib/view/time-range.ts'
import { NavIcon } from './nav-icon.tsx'
import styles from './nav-links.module.css'
import { PAGES, pageOf } from './pages.ts'

/** The ways to the console's pages: a row in the bar, tabs at the bottom of a phone. The chosen time range comes along. */
export function NavLinks() {
  const current = pageOf(usePathname())
  const range = parseTimeRange(useSearchParams().get('range'))
  const query = range === DEFAULT_RANGE ? '' : `?range=${range}`
  return (
    <nav className={styles.nav} aria-label="Pages">
      {PAGES.map(({ href, label }) => (
        <Link
          key={href}
          className={styles.link}
          href={`${href}${query}`}
          aria-current={href === current ? 'page' : undefined}
        >
          <NavIcon href={href} />
          {label}
        </Link>
      ))}
    </nav>
  )
}
