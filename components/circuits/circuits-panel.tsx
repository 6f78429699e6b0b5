'use client'

import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import { LineTable } from '#components/ui/line-table.tsx'
import { NoMatch } from '#components/ui/no-match.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { FIRST_ROWS, ShowAll } from '#components/ui/show-all.tsx'
import { queries } from '#lib/client/queries.ts'
import { useUrlState } from '#lib/client/use-url-state.ts'
import { circuitKey, isNotable } from '#lib/view/circuit-row-view.ts'
import { plural } from '#lib/view/format.ts'
import { filtersInForce } from '#lib/view/no-match.ts'
import { successThresholds } from '#lib/view/success-threshold.ts'
import { CircuitRow } from './circuit-row.tsx'
import rowStyles from './circuit-row.module.css'
import styles from './circuits-panel.module.css'
import { useCircuits } from './use-circuits.ts'

const COLUMNS = ['Circuit', 'Automatic', 'In force', 'Window', 'For', 'Trips, 24 h', 'Actions'] as const

/** The circuits, a row each: those that are open, held or cooling first. */
export function CircuitsPanel() {
  const { circuits, condition } = useCircuits()
  const { data: settings } = useQuery(queries.settings())
  const [q, setSearch] = useUrlState('q')
  const [all, setAll] = useUrlState('all')
  const text = useDeferredValue(q ?? '').toLowerCase()
  const matching = useMemo(
    () =>
      circuits.filter(({ name, providerId, model }) =>
        `${name} ${providerId} ${model ?? ''}`.toLowerCase().includes(text),
      ),
    [circuits, text],
  )
  const inForce = filtersInForce([['', q]])
  const thresholdOf = useMemo(() => successThresholds(settings?.settings ?? null), [settings])
  const notable = matching.filter(isNotable).length
  // What is notable is always among the first.
  const rows = all === null ? matching.slice(0, Math.max(FIRST_ROWS, notable)) : matching
  return (
    <Panel
      title="Circuits"
      minHeight={240}
      condition={
        condition.kind === 'ready' && circuits.length === 0
          ? {
              kind: 'not_configured',
              text: 'A circuit comes with each provider, and with each model that carries traffic.',
              action: { href: '/settings/providers/new', label: 'Add a provider', needs: 'providers.write' },
            }
          : condition
      }
      meta={
        <>
          <span>{plural(matching.length, 'circuit')}, open and held first</span>
          <input
            type="search"
            className={styles.search}
            aria-label="Search circuits"
            placeholder="Search  /"
            data-search
            value={q ?? ''}
            onChange={({ target }) => setSearch(target.value)}
          />
        </>
      }
    >
      {matching.length === 0 && inForce.length > 0 ? (
        <NoMatch thing="circuit" inForce={inForce} onClear={() => setSearch(null)} />
      ) : (
        <LineTable
          label="Circuits"
          columns={COLUMNS}
          headClassName={rowStyles.head}
          count={matching.length}
          lines={rows.map((circuit) => (
            <CircuitRow
              key={circuitKey(circuit)}
              circuit={circuit}
              successThreshold={thresholdOf(circuit.providerId)}
            />
          ))}
        />
      )}
      <ShowAll shown={rows.length} total={matching.length} onShowAll={() => setAll('1')} />
    </Panel>
  )
}
