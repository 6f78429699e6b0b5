'use client'

import { useId } from 'react'
import { PREVIEW_RANGES, previewRangeWords, type PreviewRange } from '#lib/view/preview-coverage.ts'
import styles from './range-choice.module.css'

type Props = { value: PreviewRange; onValueChange: (range: PreviewRange) => void }

/** Over how much of the recorded time a draft is tried. */
export function RangeChoice({ value, onValueChange }: Props) {
  const name = useId()
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.legend}>Over the last</legend>
      {PREVIEW_RANGES.map((range) => (
        <label key={range} className={styles.option}>
          <input
            className={styles.input}
            type="radio"
            name={name}
            checked={range === value}
            onChange={() => onValueChange(range)}
          />
          {previewRangeWords(range)}
        </label>
      ))}
    </fieldset>
  )
}
