'use client'

import { useState } from 'react'
import { ThresholdPreview } from '#components/threshold-preview/threshold-preview.tsx'
import { usePreview } from '#components/threshold-preview/use-preview.ts'
import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { LeaveGuard } from '#components/ui/leave-guard.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { ReadOnlyWithout } from '#components/ui/read-only.tsx'
import { SETTINGS_PATHS } from '#lib/contract/bounds.ts'
import type { Reading } from '#lib/client/waiting-condition.ts'
import type { SettingsVersion } from '#lib/contract/settings.ts'
import { plural } from '#lib/view/format.ts'
import type { DraftKind } from '#lib/view/preview-condition.ts'
import { changedPaths } from '#lib/view/settings-changes.ts'
import { settingsField, SETTINGS_GROUPS } from '#lib/view/settings-fields.ts'
import { DifferingProviders } from './differing-providers.tsx'
import { DraftBar } from './draft-bar.tsx'
import { ReadingNotice } from './reading-notice.tsx'
import { ReviewDialog } from './review-dialog.tsx'
import { ThresholdGroup } from './threshold-group.tsx'
import styles from './thresholds-editor.module.css'
import { UndoNotice, type SavedSettings } from './undo-notice.tsx'
import { useSettingsDraft } from './use-settings-draft.ts'
import { VersionsPanel } from './versions-panel.tsx'

type Props = {
  inForce: SettingsVersion
  /** How the last reading of what is in force went. */
  reading: Reading
}

/** Everything one does with the thresholds: edit, review, save, undo, revert. */
export function ThresholdsEditor({ inForce, reading }: Props) {
  const edit = useSettingsDraft(inForce)
  const [saved, setSaved] = useState<SavedSettings | null>(null)
  const [isReviewing, setReviewing] = useState(false)
  const [showsAllErrors, setShowsAllErrors] = useState(false)
  const changes = changedPaths(edit.base.settings, edit.draft).length
  const complaints = Object.entries(edit.errors)
  const preview = usePreview({
    settings: edit.draft,
    draft: draftKind(changes, complaints.length),
    version: inForce.version,
  })
  const isOutdated = changes > 0 && inForce.version !== edit.base.version

  const review = () => {
    setShowsAllErrors(complaints.length > 0)
    setReviewing(complaints.length === 0)
  }

  return (
    <div className={styles.grid}>
      <div className={styles.column}>
        <ReadingNotice what="What is in force" reading={reading} />
        {isOutdated && (
          <Notice
            tone="warn"
            title={`Version ${inForce.version} was put in force by ${inForce.actor} meanwhile`}
            role="status"
          >
            <p>Your draft is still here. Review it to lay it over theirs.</p>
          </Notice>
        )}
        {showsAllErrors && complaints.length > 0 && (
          <ErrorSummary
            errors={complaints.map(([path, message]) => ({ path, label: labelOf(path), message }))}
          />
        )}
        <ReadOnlyWithout needs="settings.write">
          {SETTINGS_GROUPS.map(({ group, title, anchor }) => (
            <ThresholdGroup
              key={group}
              group={group}
              title={title}
              anchor={anchor}
              edit={edit}
              showsAllErrors={showsAllErrors}
            />
          ))}
        </ReadOnlyWithout>
      </div>
      <aside className={styles.preview} aria-label="Preview">
        <ThresholdPreview edit={edit} inForce={inForce} preview={preview} isValid={complaints.length === 0} />
      </aside>
      {changes === 0 && saved !== null && (
        <div className={styles.saved}>
          <UndoNotice key={saved.version.version} saved={saved} onDone={() => setSaved(null)} />
        </div>
      )}
      {changes > 0 && (
        <DraftBar
          changes={changes}
          preview={preview.answer}
          onDiscard={() => {
            edit.discard()
            setShowsAllErrors(false)
          }}
          onReview={review}
        />
      )}
      <div className={styles.below}>
        <DifferingProviders providers={edit.base.settings.providers} />
        <VersionsPanel inForce={inForce} onReverted={setSaved} />
      </div>
      {isReviewing && (
        <ReviewDialog
          edit={edit}
          inForce={inForce}
          onOpenChange={setReviewing}
          onSaved={(next) => {
            edit.discard()
            setShowsAllErrors(false)
            setReviewing(false)
            setSaved(next)
          }}
        />
      )}
      <LeaveGuard when={changes > 0} what={`${plural(changes, 'change')} of the thresholds`} />
    </div>
  )
}

function draftKind(changes: number, complaints: number): DraftKind {
  if (changes === 0) return 'none'
  return complaints === 0 ? 'valid' : 'invalid'
}

/** A threshold's label; that of a provider's own carries the provider's id. */
function labelOf(path: string): string {
  const known = SETTINGS_PATHS.find((candidate) => path === candidate || path.endsWith(`.${candidate}`))
  if (known === undefined) return path
  const { label } = settingsField(known)
  return path === known ? label : `${path.slice('providers.'.length, -known.length - 1)}: ${label}`
}
