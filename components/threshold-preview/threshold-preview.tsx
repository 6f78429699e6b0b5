'use client'

import type { SettingsDraft } from '#components/settings/use-settings-draft.ts'
import type { SettingsVersion } from '#lib/contract/settings.ts'
import { PreviewPanel } from './preview-panel.tsx'
import { SuggestPanel } from './suggest-panel.tsx'
import styles from './threshold-preview.module.css'
import type { Preview } from './use-preview.ts'

type Props = { edit: SettingsDraft; inForce: SettingsVersion; preview: Preview; isValid: boolean }

/** Beside the form: what its draft would have done with what was recorded, and thresholds to put into it. */
export function ThresholdPreview({ edit, inForce, preview, isValid }: Props) {
  return (
    <div id="preview" className={styles.preview}>
      <PreviewPanel preview={preview} inForce={inForce} />
      <SuggestPanel edit={edit} range={preview.range} isValid={isValid} />
    </div>
  )
}
