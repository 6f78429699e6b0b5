import { CodeLine } from '#components/ui/code-line.tsx'
import { Duration } from '#components/ui/duration.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Time } from '#components/ui/time.tsx'
import type { Backup, DataView } from '#lib/contract/data.ts'
import { formatBytes } from '#lib/view/bytes.ts'
import styles from './data-page.module.css'

type Props = {
  data: DataView | null
  /** The one that was made on this page just now. */
  made: Backup | null
}

/** When the last backup was made and where it is, and how to make one and take it back from a terminal. */
export function BackupPanel({ data, made }: Props) {
  const last = made ?? data?.lastBackup ?? null
  return (
    <Panel title="Backups">
      <div className={styles.body}>
        {last === null ? (
          <Notice tone="warn" title="No backup is on record">
            A backup is one file with everything in it, made while Switchyard goes on.
          </Notice>
        ) : (
          <p className={styles.last} role="status">
            Last backup <Duration at={last.at} show="ago" /> (<Time at={last.at} show="full" />
            ), {formatBytes(last.bytes)}: <code>{last.file}</code>
          </p>
        )}
        <p>
          <b>Back up now</b> writes a new file into <code>{data?.backupFolder ?? '…'}</code>; move it to
          another disk. Provider keys in it are sealed: keep the secret key too, in another place.
        </p>
        <div className={styles.commands}>
          <CodeLine text="npm run backup -- FILE" what="the command that backs up" />
          <CodeLine text="npm run restore -- FILE" what="the command that restores" />
        </div>
        <p>
          A restore is refused while Switchyard runs, and for a file that is damaged or of a newer version.
          What was there is kept beside it.
        </p>
      </div>
    </Panel>
  )
}
