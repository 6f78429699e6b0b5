'use client'

import { useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Select } from '#components/ui/select.tsx'
import { useDebounced } from '#lib/client/use-debounced.ts'
import type { AuditEntryView } from '#lib/contract/audit.ts'
import { AUDIT_OUTCOMES, ENTITY_TYPES } from '#lib/domain/audit.ts'
import { compareNames } from '#lib/domain/name-order.ts'
import { actionKinds, ENTITY_WORDS, OUTCOMES } from '#lib/view/audit-view.ts'
import { AuditTimeSelect } from './audit-time-select.tsx'
import styles from './audit-filters.module.css'
import { useAuditFilter } from './use-audit-filter.ts'

const TYPING_MS = 300

type Props = {
  entries: readonly AuditEntryView[]
  /** How often the filters were cleared here: what was being typed goes with them. */
  timesCleared: number
  onClear: () => void
}

/** Which entries are shown; all choices live in the URL. Whom and what there is to choose is what is shown. */
export function AuditFilters({ entries, timesCleared, onClear }: Props) {
  const { filter, set, inForce } = useAuditFilter()
  const kinds = actionKinds(
    entries.map(({ action }) => action),
    filter.action,
  )
  return (
    <div className={styles.bar} role="search" aria-label="Entries">
      <Search key={timesCleared} given={timesCleared === 0 ? filter.q : null} onSettled={set.q} />
      <Choice
        label="Who"
        all="Everybody"
        value={filter.actor}
        onChange={set.actor}
        options={[...new Set(entries.map(({ actor }) => actor))].sort(compareNames).map(plain)}
      />
      <Choice
        label="Action"
        all="Every action"
        value={filter.action}
        onChange={set.action}
        options={kinds.map(plain)}
      />
      <Choice
        label="About"
        all="Everything"
        value={filter.entity}
        onChange={set.entity}
        options={ENTITY_TYPES.map((type) => ({ value: type, label: ENTITY_WORDS[type] }))}
      />
      <Choice
        label="Outcome"
        all="Every outcome"
        value={filter.outcome}
        onChange={set.outcome}
        options={AUDIT_OUTCOMES.map((value) => ({ value, label: OUTCOMES[value].words }))}
      />
      <AuditTimeSelect />
      {inForce.length > 0 && (
        <Button variant="quiet" size="small" onClick={onClear}>
          Clear
        </Button>
      )}
    </div>
  )
}

type Option = { value: string; label: string }
const plain = (value: string): Option => ({ value, label: value })
const ALL = ''

type ChoiceProps = {
  label: string
  all: string
  value: string | null
  onChange: (value: string | null) => void
  options: Option[]
}

/** What the URL names is an option, also when it is not among those known here. */
function Choice({ label, all, value, onChange, options }: ChoiceProps) {
  const isKnown = value === null || options.some((option) => option.value === value)
  return (
    <span className={styles.choice}>
      <Select
        label={label}
        value={value ?? ALL}
        onValueChange={(next) => onChange(next === ALL ? null : next)}
        options={[{ value: ALL, label: all }, ...options, ...(isKnown ? [] : [plain(value)])]}
      />
    </span>
  )
}

/** Words that an entry must have; asked for when nobody has typed for a moment. */
function Search({ given, onSettled }: { given: string | null; onSettled: (words: string) => void }) {
  const [text, setText] = useState(given ?? '')
  const settled = useDebounced(text.trim(), TYPING_MS)
  useEffect(() => onSettled(settled), [settled, onSettled])
  return (
    <input
      type="search"
      className={styles.search}
      aria-label="Words in an entry, a request id or an address"
      placeholder="Words, request id, address  /"
      autoComplete="off"
      spellCheck={false}
      maxLength={200}
      data-search
      value={text}
      onChange={({ target }) => setText(target.value)}
    />
  )
}
