'use client'

import { Button } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import type { SettingsDraft } from '#components/settings/use-settings-draft.ts'
import {
  exactnessFacts,
  previewRangeMs,
  previewRangeWords,
  type PreviewRange,
} from '#lib/view/preview-coverage.ts'
import { isStillFor } from '#lib/view/suggestion-view.ts'
import styles from './preview-panel.module.css'
import { ReplayProgress } from './replay-progress.tsx'
import { SuggestionChoice } from './suggestion-choice.tsx'
import { useSuggestion } from './use-suggestion.ts'

type Props = { edit: SettingsDraft; range: PreviewRange; isValid: boolean }

/** Searches for better thresholds in what was recorded, and puts one into the draft when told to. */
export function SuggestPanel({ edit, range, isValid }: Props) {
  const { answer, error, progress, begin, stop } = useSuggestion()
  const rangeMs = previewRangeMs(range)
  const isOutdated =
    answer !== null && (answer.ask.rangeMs !== rangeMs || !isStillFor(answer.ask.settings, edit.draft))
  return (
    <Panel title="Suggest" meta={answer && exactnessFacts(answer.suggestion.exactness)}>
      <div className={styles.bar}>
        {progress === null ? (
          <>
            <span className={styles.hint}>
              {isValid
                ? `Tries combinations of four default thresholds on the last ${previewRangeWords(range)}; what a provider sets for itself stays.`
                : 'The draft has errors: mend them first.'}
            </span>
            <Button
              size="small"
              disabled={!isValid}
              onClick={() => begin({ settings: edit.draft, version: edit.base.version, rangeMs })}
            >
              {answer === null ? 'Suggest' : 'Suggest again'}
            </Button>
          </>
        ) : (
          <ReplayProgress label="Trying" progress={progress} onStop={stop} />
        )}
      </div>
      {error !== null && (
        <div className={styles.part}>
          <RequestNotice error={error} title="Nothing is suggested" isQuestion />
        </div>
      )}
      {answer !== null && <SuggestionChoice answer={answer} edit={edit} isOutdated={isOutdated} />}
    </Panel>
  )
}
