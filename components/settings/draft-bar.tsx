import { Button } from '#components/ui/button.tsx'
import type { SettingsPreview } from '#lib/contract/preview.ts'
import { plural } from '#lib/view/format.ts'
import { previewBrief } from '#lib/view/preview-figures.ts'
import styles from './thresholds-editor.module.css'

type Props = {
  changes: number
  /** What the draft would have done; null: not known yet. */
  preview: SettingsPreview | null
  onDiscard: () => void
  onReview: () => void
}

/** What a draft of the thresholds holds and what can be done with it, always in reach. */
export function DraftBar({ changes, preview, onDiscard, onReview }: Props) {
  return (
    <div className={styles.bar} role="region" aria-label="Draft">
      <div className={styles.count}>
        <span aria-live="polite">{plural(changes, 'change')} in the draft, not in force</span>
        <a className={styles.brief} href="#preview">
          {preview === null ? 'What it would have done' : previewBrief(preview.total)}
        </a>
      </div>
      <Button onClick={onDiscard}>Discard</Button>
      <Button needs="settings.write" variant="solid" onClick={onReview}>
        Review {plural(changes, 'change')}…
      </Button>
    </div>
  )
}
