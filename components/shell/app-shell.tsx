import type { ReactNode } from 'react'
import { SessionWatch } from '#components/session/session-watch.tsx'
import styles from './app-shell.module.css'
import { AlarmWatch } from './alarm-watch.tsx'
import { Banners } from './banners.tsx'
import { Floating } from './floating.tsx'
import { LiveRegion } from './live-region.tsx'
import { TitleSync } from './title-sync.tsx'
import { TopBar } from './top-bar.tsx'

/** The frame of every page. */
export function AppShell({ children }: { children: ReactNode }) {
  return (
    <>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <TopBar />
      <Banners />
      <main id="main" className={styles.main} tabIndex={-1}>
        {children}
      </main>
      <LiveRegion />
      <TitleSync />
      <AlarmWatch />
      <Floating />
      <SessionWatch />
    </>
  )
}
