'use client'

import { Button } from '#components/ui/button.tsx'
import { Select } from '#components/ui/select.tsx'
import { useProviderNames } from '#lib/client/use-provider-names.ts'
import { INCIDENT_STATE_WORDS } from '#lib/view/incident-view.ts'
import styles from './incident-list.module.css'
import { useIncidentFilter } from './use-incident-filter.ts'

const ALL = ''
const STATES = ['firing', 'recovering', 'pending', 'resolved'] as const

/** Which incidents the page shows. What the URL names is an option, also when it is no provider any more. */
export function IncidentFilters() {
  const { filter, setState, setProvider, clear, inForce } = useIncidentFilter()
  const names = useProviderNames()
  const { provider } = filter
  const known = Object.entries(names).map(([value, label]) => ({ value, label }))
  const isKnown = provider === null || provider in names
  return (
    <div className={styles.bar} role="group" aria-label="Filter">
      <span className={styles.choice}>
        <Select
          label="State"
          value={filter.state ?? ALL}
          onValueChange={(next) => setState(next === ALL ? null : next)}
          options={[
            { value: ALL, label: 'Every state' },
            ...STATES.map((value) => ({ value, label: INCIDENT_STATE_WORDS[value] })),
          ]}
        />
      </span>
      <span className={styles.choice}>
        <Select
          label="Provider"
          value={provider ?? ALL}
          onValueChange={(next) => setProvider(next === ALL ? null : next)}
          options={[
            { value: ALL, label: 'Every provider' },
            ...known,
            ...(isKnown ? [] : [{ value: provider, label: provider }]),
          ]}
        />
      </span>
      {inForce.length > 0 && (
        <Button variant="quiet" size="small" onClick={clear}>
          Clear
        </Button>
      )}
    </div>
  )
}
