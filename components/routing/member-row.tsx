import Link from 'next/link'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import type { MemberView } from '#lib/view/routing-view.ts'
import styles from './route-block.module.css'
import { ShareBar } from './share-bar.tsx'

/** A member of a route: whether it may take requests or why not, and what it had of them. */
export function MemberRow({ member }: { member: MemberView }) {
  return (
    <tr data-skipped={!member.isEligible || undefined}>
      <th scope="row" className={styles.member}>
        <Link href={`/providers/${encodeURIComponent(member.providerId)}`} prefetch={false}>
          {member.name}
        </Link>
        {member.model !== null && <span className={styles.as}>as {member.model}</span>}
      </th>
      <td className={styles.verdict}>
        <span className={styles.sign}>
          <StatusIcon state={member.icon} size={14} />
          <span>{member.verdict}</span>
        </span>
      </td>
      <td className={styles.share}>
        <ShareBar
          actual={member.actual}
          configured={member.configured}
          earlier={member.earlier}
          label={member.summary}
        />
      </td>
      <td className={styles.now}>{member.actualText}</td>
      <td className={styles.figure} data-none={member.earlier === null || undefined}>
        {member.earlierText}
      </td>
      <td className={styles.figure}>{member.configuredText}</td>
    </tr>
  )
}
