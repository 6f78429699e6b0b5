'use client'

import { useId } from 'react'
import styles from './range-choice.module.css'

type Props<Range> = {
  ranges: readonly Range[]
  wordsOf: (range: Range) => string
  value: Range
  onValueChange: (range: Range) => void
}

/** Over how much of the recorded time a draft is tried. */
export function RangeChoice<Range extends string | number>(props: Props<Range>) {
  const { ranges, wordsOf, value, onValueChange } = props
  const name = useId()
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.legend}>Over the last</legend>
      {ranges.map((range) => (
        <label key={range} className={styles.option}>
          <input
            className={styles.input}
            type="radio"
            name={name}
            checked={range === value}
            onChange={() => onValueChange(range)}
          />
          {wordsOf(range)}
        </label>
      ))}
    </fieldset>
  )
}
