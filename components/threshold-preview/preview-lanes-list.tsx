'use client'

import { useZone } from '#lib/client/use-zone.ts'
import type { SettingsPreview } from '#lib/contract/preview.ts'
import { lanesOf } from '#lib/view/preview-lanes.ts'
import { LanesAxis } from './lanes-axis.tsx'
import styles from './preview-lanes-list.module.css'
import { ProviderLanes } from './provider-lanes.tsx'

type Props = {
  answer: SettingsPreview
  names: Readonly<Record<string, string>>
  /** Whether what is in force now is drawn too, because other thresholds made a part of what was recorded. */
  showsVersion: boolean
}

/** The lanes of the providers that differ most, over one axis, and a word on the others. */
export function PreviewLanesList({ answer, names, showsVersion }: Props) {
  const { zone } = useZone()
  const { lanes, others } = lanesOf(answer, names)
  return (
    <>
      {lanes.length > 0 && (
        <>
          <ul className={styles.legend} aria-label="Legend">
            {(['open', 'half-open', 'would have been open'] as const).map((key) => (
              <li key={key}>
                <i className={styles.sample} data-key={key} aria-hidden />
                {key}
              </li>
            ))}
          </ul>
          <ul>
            {lanes.map((each) => (
              <ProviderLanes
                key={each.preview.providerId}
                lanes={each}
                range={answer}
                version={showsVersion ? answer.version : null}
              />
            ))}
          </ul>
          <LanesAxis from={Date.parse(answer.from)} to={Date.parse(answer.to)} zone={zone} />
          {showsVersion && (
            <p className={styles.note}>
              Version {answer.version} came in force within this range: what was recorded before it was done
              by other thresholds.
            </p>
          )}
        </>
      )}
      {others.map((words) => (
        <p key={words} className={styles.note}>
          {words}
        </p>
      ))}
    </>
  )
}
