'use client'

import { useId, useRef, useState } from 'react'
import { DataTable } from '#components/charts/data-table.tsx'
import { SaveChart } from '#components/charts/save-chart.tsx'
import { Button } from '#components/ui/button.tsx'
import { PanelState } from '#components/ui/panel-state.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { useProviderNames } from '#lib/client/use-provider-names.ts'
import { useZone } from '#lib/client/use-zone.ts'
import type { SettingsPreview } from '#lib/contract/preview.ts'
import type { SettingsVersion } from '#lib/contract/settings.ts'
import {
  exactnessFacts,
  exactnessWords,
  PREVIEW_RANGES,
  previewRangeWords,
} from '#lib/view/preview-coverage.ts'
import { previewSentence } from '#lib/view/preview-figures.ts'
import { previewTable } from '#lib/view/preview-lanes.ts'
import { FiguresTable } from './figures-table.tsx'
import { previewFile } from './preview-file.ts'
import styles from './preview-panel.module.css'
import { PreviewLanesList } from './preview-lanes-list.tsx'
import { RangeChoice } from './range-choice.tsx'
import { ReplayProgress } from './replay-progress.tsx'
import type { Preview } from './use-preview.ts'

type Props = { preview: Preview; inForce: SettingsVersion }

/** What the draft would have done with what was recorded, next to what is in force. */
export function PreviewPanel({ preview, inForce }: Props) {
  const { range, setRange, condition, answer, progress, stop, again } = preview
  return (
    <Panel title="What it would have done" meta={answer && exactnessFacts(answer.total.exactness)}>
      <div className={styles.bar}>
        <RangeChoice
          ranges={PREVIEW_RANGES}
          wordsOf={previewRangeWords}
          value={range}
          onValueChange={setRange}
        />
        {progress !== null && <ReplayProgress label="Replaying" progress={progress} onStop={stop} />}
        {again !== null && (
          <Button size="small" onClick={again}>
            Try again
          </Button>
        )}
      </div>
      <PanelState condition={condition} minHeight={220}>
        {answer !== null && <Answer answer={answer} inForce={inForce} />}
      </PanelState>
    </Panel>
  )
}

function Answer({ answer, inForce }: { answer: SettingsPreview; inForce: SettingsVersion }) {
  const titleId = useId()
  const drawing = useRef<HTMLDivElement>(null)
  const names = useProviderNames()
  const { zone } = useZone()
  const [isTable, setIsTable] = useState(false)
  const { draft, inForce: present, exactness } = answer.total
  // Before it came in force, what was recorded was done by other thresholds.
  const isNewer = Date.parse(inForce.at) > Date.parse(answer.from) && inForce.version === answer.version
  return (
    <>
      <div className={styles.part}>
        <p className={styles.sentence}>{previewSentence(draft, present)}</p>
        <FiguresTable draft={draft} inForce={present} version={answer.version} />
        <p className={styles.note}>
          {exactnessWords(exactness)} A check stands for a request at its moment; how refused traffic would
          have ended is not known.
        </p>
      </div>
      <section className={styles.part} aria-labelledby={titleId}>
        <header className={styles.header}>
          <h3 id={titleId}>By provider</h3>
          <div className={styles.tools}>
            <Button variant="quiet" size="small" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
              Table<span className="visually-hidden"> of the preview by provider</span>
            </Button>
            {!isTable && (
              <SaveChart
                file={previewFile(answer, zone)}
                title="Preview by provider"
                summary={previewSentence(draft, present)}
                drawing={drawing}
              />
            )}
          </div>
        </header>
        {isTable ? (
          <DataTable
            order="as given"
            table={previewTable(answer, names)}
            caption="By provider: what the thresholds in force did → what the draft would have done"
          />
        ) : (
          <div ref={drawing}>
            <PreviewLanesList answer={answer} names={names} showsVersion={isNewer} />
          </div>
        )}
      </section>
    </>
  )
}
