import type { ReactNode } from 'react'
import { SettingsNav } from '#components/settings/settings-nav.tsx'
import styles from '#components/settings/settings-layout.module.css'

/** The settings' frame: what there is to set, and beside it the part that is open. */
export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <div className={styles.frame}>
      <SettingsNav />
      <div className={styles.content}>{children}</div>
    </div>
  )
}
