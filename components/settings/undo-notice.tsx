'use client'

import { useMutation } from '@tanstack/react-query'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import { useClock } from '#lib/client/clock.ts'
import { mutations } from '#lib/client/mutations.ts'
import type { SettingsVersion } from '#lib/contract/settings.ts'

const UNDO_MS = 30_000

/** A version just put in force, the one before it, and when. */
export type SavedSettings = { version: SettingsVersion; previous: number; at: number }

/** Says that a version is in force, and for 30 s takes it back at a press, as a new version. */
export function UndoNotice({ saved, onDone }: { saved: SavedSettings; onDone: () => void }) {
  const { version, previous, at } = saved
  const secondsLeft = useClock((now) => Math.max(0, Math.ceil((at + UNDO_MS - now) / 1_000)))
  const revert = useMutation(mutations.revertSettings())
  const undo = () =>
    revert.mutate(
      { version: previous, expectedVersion: version.version, reason: `undo of version ${version.version}` },
      { onSuccess: onDone },
    )
  return (
    <>
      <Notice
        tone={version.persisted ? 'ok' : 'warn'}
        role="status"
        title={`Version ${version.version} is in force${version.persisted ? '' : ', not yet on disk'}`}
        actions={
          <>
            {(secondsLeft > 0 || revert.isPending) && (
              <Button
                needs="settings.write"
                size="small"
                pending={revert.isPending}
                pendingLabel="Undoing…"
                onClick={undo}
              >
                Undo <span aria-hidden="true">({secondsLeft} s)</span>
              </Button>
            )}
            <Button size="small" variant="quiet" onClick={onDone}>
              Dismiss
            </Button>
          </>
        }
      />
      {revert.error !== null && <RequestNotice error={revert.error} />}
    </>
  )
}
