'use client'

import { useState } from 'react'
import styles from '#components/route-editor/strategy-fields.module.css'
import { Complaint } from '#components/ui/complaint.tsx'
import { useReadOnly } from '#components/ui/read-only.tsx'
import { TextInput } from '#components/ui/text-input.tsx'

/** More than this are looked for by name. */
const MOST_SHOWN = 24

type Props = {
  id: string
  label: string
  options: readonly { id: string; name: string }[]
  chosen: readonly string[]
  error: string | undefined
  /** Said where there is nothing to choose; null as long as that is not known. */
  none: string | null
  onChange: (ids: string[]) => void
}

/** Some out of many, each switched on or off; what is chosen and no more there can be switched off too. */
export function ToggleList({ id, label, options, chosen, error, none, onChange }: Props) {
  const [search, setSearch] = useState('')
  const isLocked = useReadOnly()
  const known = new Set(options.map((option) => option.id))
  const gone = chosen.filter((one) => !known.has(one)).map((one) => ({ id: one, name: `${one} (gone)` }))
  const found = options.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()))
  const isOn = (one: string) => chosen.includes(one)
  const isMany = options.length > MOST_SHOWN
  const shown = isMany
    ? [...found.filter((option) => isOn(option.id)), ...found.filter((option) => !isOn(option.id))].slice(
        0,
        MOST_SHOWN,
      )
    : options
  return (
    <div className={styles.rows}>
      {isMany && (
        <TextInput
          type="search"
          aria-label={`Search: ${label}`}
          placeholder={`Search ${options.length}`}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      <div className={styles.toggles} role="group" aria-label={label} id={id} tabIndex={-1}>
        {options.length + gone.length === 0 && none !== null && <span className={styles.note}>{none}</span>}
        {[...gone, ...shown].map((option) => (
          <button
            key={option.id}
            type="button"
            className={styles.toggle}
            aria-pressed={isOn(option.id)}
            disabled={isLocked}
            onClick={() =>
              onChange(isOn(option.id) ? chosen.filter((one) => one !== option.id) : [...chosen, option.id])
            }
          >
            {option.name}
          </button>
        ))}
      </div>
      <Complaint>{error}</Complaint>
    </div>
  )
}
