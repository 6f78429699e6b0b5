import type { Metadata } from 'next'
import { AuditPage } from '#components/audit/audit-page.tsx'

export const metadata: Metadata = { title: 'Audit' }

/** Nothing is read ahead: who may not see the audit gets none of it with the page. */
export default function Page() {
  return <AuditPage />
}
