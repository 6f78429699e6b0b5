'use client'

import { Panel } from '#components/ui/panel.tsx'
import { ExportLinks } from './export-links.tsx'
import styles from './data-page.module.css'

const DAY_MS = 86_400_000

/** Downloads of the whole fleet; a provider's page has its own, for the range it shows. */
export function ExportPanel() {
  return (
    <Panel title="Export">
      <div className={styles.body}>
        <div className={styles.downloads}>
          <span>Checks, last 24 h</span>
          <ExportLinks what="checks" window={{ backMs: DAY_MS }} />
          <span>History by the hour, last 30 d</span>
          <ExportLinks what="history" window={{ backMs: 30 * DAY_MS }} filter={{ resolution: '1h' }} />
          <span>Transitions, last 30 d</span>
          <ExportLinks what="transitions" window={{ backMs: 30 * DAY_MS }} />
        </div>
        <p>
          Files are written while they are read, so a year is as good as a day. The provider pages export what
          they show; any other range is at <code>/api/export/…</code>, with <code>from</code>, <code>to</code>{' '}
          and <code>providerId</code>.
        </p>
      </div>
    </Panel>
  )
}
