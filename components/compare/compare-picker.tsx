'use client'

import { useDeferredValue, useMemo, useState } from 'react'
import { seriesStyle } from '#components/charts/series-style.ts'
import { Button } from '#components/ui/button.tsx'
import {
  type Comparable,
  type Compared,
  comparedKey,
  MOST_COMPARED,
  searchComparables,
} from '#lib/view/compare-choice.ts'
import { formatCount } from '#lib/view/format.ts'
import { SeriesKey } from './series-key.tsx'
import styles from './compare-picker.module.css'

/** Lines shown before the search narrows them. */
const MOST_LINES = 60

type Props = {
  chosen: readonly Compared[]
  all: readonly Comparable[]
  onChange: (chosen: readonly Compared[]) => void
}

/** Chooses what is compared: at most eight of the fleet's providers and models. */
export function ComparePicker({ chosen, all, onChange }: Props) {
  const [text, setText] = useState('')
  const search = useDeferredValue(text)
  const found = useMemo(() => searchComparables(all, search), [all, search])
  const places = new Map(chosen.map((one, place) => [comparedKey(one), place]))
  const isFull = chosen.length >= MOST_COMPARED
  const toggle = (item: Comparable) =>
    onChange(
      places.has(item.key)
        ? chosen.filter((one) => comparedKey(one) !== item.key)
        : [...chosen, { providerId: item.providerId, model: item.model }],
    )
  return (
    <section className={styles.picker} aria-labelledby="compare-picker">
      <header className={styles.header}>
        <h2 id="compare-picker">Compare</h2>
        <span role="status">
          {chosen.length} of {formatCount(all.length)}
          {isFull && `, ${MOST_COMPARED} at most`}
        </span>
        {chosen.length > 0 && (
          <Button size="small" variant="quiet" onClick={() => onChange([])}>
            Clear
          </Button>
        )}
      </header>
      <input
        type="search"
        className={styles.search}
        aria-label="Search providers and models"
        placeholder="Search  /"
        data-search
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <ul className={styles.list}>
        {found.slice(0, MOST_LINES).map((item) => {
          const place = places.get(item.key)
          return (
            <li key={item.key} data-model={item.model !== null || undefined}>
              <label>
                <input
                  type="checkbox"
                  checked={place !== undefined}
                  disabled={place === undefined && isFull}
                  onChange={() => toggle(item)}
                />
                <span className={styles.name}>{item.label}</span>
                {place !== undefined && <SeriesKey {...seriesStyle(place)} />}
              </label>
            </li>
          )
        })}
      </ul>
      {found.length > MOST_LINES && (
        <p className={styles.more}>
          {MOST_LINES} of {formatCount(found.length)}: search to see the others.
        </p>
      )}
      {found.length === 0 && (
        <p className={styles.more}>{text === '' ? 'No provider yet.' : `Nothing is called “${text}”.`}</p>
      )}
    </section>
  )
}
