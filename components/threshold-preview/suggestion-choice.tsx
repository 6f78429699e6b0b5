'use client'

import dynamic from 'next/dynamic'
import { useId, useMemo, useRef, useState } from 'react'
import { ChangeTable } from '#components/settings/change-table.tsx'
import type { SettingsDraft } from '#components/settings/use-settings-draft.ts'
import { DataTable } from '#components/charts/data-table.tsx'
import { SaveChart } from '#components/charts/save-chart.tsx'
import { Button } from '#components/ui/button.tsx'
import type { ReplayAsk } from '#lib/client/replay-queries.ts'
import { useZone } from '#lib/client/use-zone.ts'
import type { SettingsSuggestion } from '#lib/contract/preview.ts'
import { withThresholds } from '#lib/contract/tried-thresholds.ts'
import {
  startWords,
  suggestionChanges,
  suggestionTable,
  suggestionView,
  weightWords,
} from '#lib/view/suggestion-view.ts'
import { suggestionFile } from './preview-file.ts'
import styles from './suggestion-choice.module.css'

// Its library is large: it comes when there is something to draw.
const FrontierChart = dynamic(async () => (await import('./frontier-chart.tsx')).FrontierChart, {
  ssr: false,
})

type Props = {
  answer: { ask: ReplayAsk; suggestion: SettingsSuggestion }
  edit: SettingsDraft
  /** Whether it was made for another range, or for a draft that has changed elsewhere since. */
  isOutdated: boolean
}

/** What was tried, the weight that chooses from it, and the way into the draft. */
export function SuggestionChoice({ answer: { ask, suggestion }, edit, isOutdated }: Props) {
  const sliderId = useId()
  const drawing = useRef<HTMLElement>(null)
  const { zone } = useZone()
  const [percent, setPercent] = useState(50)
  const [isTable, setIsTable] = useState(false)
  const weight = percent / 100
  const view = useMemo(() => suggestionView(suggestion, weight), [suggestion, weight])
  const start = startWords({ asked: ask.settings, draft: edit.draft, inForce: edit.base.settings })
  if (view.best === null) {
    return (
      <p className={styles.part}>Nothing is recorded in this range: there is nothing to try thresholds on.</p>
    )
  }
  const { thresholds } = view.best
  const changes = suggestionChanges(edit.draft, thresholds)
  return (
    <div className={styles.part}>
      <header className={styles.header}>
        <p className={styles.note}>
          Each dot is a combination that was tried. Left: fewer failures let through. Down: fewer good calls
          refused.
        </p>
        <div className={styles.tools}>
          <Button variant="quiet" size="small" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
            Table<span className="visually-hidden"> of the combinations</span>
          </Button>
          {!isTable && (
            <SaveChart
              file={suggestionFile(suggestion, zone)}
              title="Combinations of thresholds"
              summary={view.summary}
              drawing={drawing}
            />
          )}
        </div>
      </header>
      {isTable ? (
        <DataTable
          order="as given"
          table={suggestionTable(suggestion, view.best, start)}
          caption="The combinations on the frontier, and where it started"
        />
      ) : (
        <figure ref={drawing} className={styles.figure} aria-label={view.summary}>
          <FrontierChart view={view} startLabel={start} />
        </figure>
      )}
      <label className={styles.label} htmlFor={sliderId}>
        What a refused good call weighs
      </label>
      <input
        id={sliderId}
        className={styles.slider}
        type="range"
        min={0}
        max={100}
        step={5}
        value={percent}
        aria-valuetext={`${weightWords(weight)} ${view.summary}`}
        onChange={(event) => setPercent(event.target.valueAsNumber)}
      />
      <div className={styles.ends} aria-hidden="true">
        <span>fewer failures let through</span>
        <span>fewer good calls refused</span>
      </div>
      <p className={styles.note}>{weightWords(weight)}</p>
      <p className={styles.summary} aria-live="polite">
        {view.summary}
      </p>
      {isOutdated && (
        <p className={styles.note}>Made for another range or an earlier draft: suggest again.</p>
      )}
      {changes.length > 0 ? (
        <>
          <ChangeTable changes={changes} caption="What it would change in the draft" />
          <div className={styles.foot}>
            <span className={styles.note}>Fills the form; nothing is saved.</span>
            <Button
              needs="settings.write"
              variant="solid"
              size="small"
              onClick={() => edit.rebase(edit.base, withThresholds(edit.draft, thresholds))}
            >
              Put into the draft
            </Button>
          </div>
        </>
      ) : (
        <p className={styles.note}>The form says exactly this.</p>
      )}
    </div>
  )
}
