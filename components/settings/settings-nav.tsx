'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import styles from './settings-layout.module.css'

const SECTIONS = [
  { href: '/settings/providers', label: 'Providers' },
  { href: '/settings/thresholds', label: 'Thresholds' },
  { href: '/settings/routes', label: 'Routes' },
  { href: '/settings/alert-rules', label: 'Alert rules' },
  { href: '/settings/channels', label: 'Channels' },
  { href: '/settings/gateway-keys', label: 'Gateway keys' },
  { href: '/settings/api-keys', label: 'API keys' },
  { href: '/settings/users', label: 'Users' },
  { href: '/settings/data', label: 'Data' },
] as const

/** The parts of the settings. */
export function SettingsNav() {
  const pathname = usePathname()
  return (
    <nav className={styles.nav} aria-label="Settings">
      {SECTIONS.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          className={styles.link}
          aria-current={pathname === href ? 'page' : pathname.startsWith(href) ? 'true' : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
