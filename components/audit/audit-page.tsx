'use client'

import { AuditList } from './audit-list.tsx'
import styles from './audit-page.module.css'
import { AuditSheet } from './audit-sheet.tsx'
import { VerifyPanel } from './verify-panel.tsx'

/** Who changed what, when and why, who signed in, and what was refused. */
export function AuditPage() {
  return (
    <div className={styles.page}>
      <header>
        <h1>Audit</h1>
        <p className={styles.details}>
          Every change, sign-in and refusal, kept for ever. Entries can be added, and neither changed nor
          deleted.
        </p>
      </header>
      <AuditList />
      <VerifyPanel />
      <AuditSheet />
    </div>
  )
}
