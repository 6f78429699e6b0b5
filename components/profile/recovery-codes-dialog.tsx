'use client'

import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { saveFile } from '#lib/client/save-file.ts'
import { recoveryCodesText } from '#lib/view/second-factor.ts'
import styles from './profile-page.module.css'

type Props = { codes: readonly string[]; account: string; onClose: () => void }

/** The recovery codes, the one time they are shown. */
export function RecoveryCodesDialog({ codes, account, onClose }: Props) {
  const text = recoveryCodesText(codes, account)
  return (
    <Dialog
      open
      // A press beside it must not take the only sight of the codes away.
      onOpenChange={() => undefined}
      title="The second factor is set up: keep the recovery codes"
      footer={
        <Button variant="solid" onClick={onClose}>
          I have kept them
        </Button>
      }
    >
      <Notice tone="warn" title="They are not shown again">
        <p>
          Each lets you in once, without the app. Keep them where your telephone is not; without them, only an
          administrator can let you in again.
        </p>
      </Notice>
      <ul className={styles.codes} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.takeAway}>
        <CopyButton text={text} what="the recovery codes" />
        <Button
          size="small"
          onClick={() => saveFile('switchyard-recovery-codes.txt', new Blob([text], { type: 'text/plain' }))}
        >
          Download
        </Button>
      </div>
    </Dialog>
  )
}
