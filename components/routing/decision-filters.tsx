'use client'

import { Select } from '#components/ui/select.tsx'
import { useProviderNames } from '#lib/client/use-provider-names.ts'
import { formatCount } from '#lib/view/format.ts'
import styles from './decisions-tab.module.css'
import { useDecisionFilter } from './use-decision-filter.ts'
import { useRouting } from './use-routing.ts'

const ALL = ''

/** Which decisions are shown; all three choices live in the URL. */
export function DecisionFilters({ count, hasMore }: { count: number; hasMore: boolean }) {
  const { filter, setRoute, setProvider, setFailed } = useDecisionFilter()
  const { state } = useRouting()
  const names = useProviderNames()
  const routes = withChosen(
    (state?.routes ?? []).map(({ name }) => ({ value: name, label: name })),
    filter.route,
  )
  const providers = withChosen(
    Object.entries(names).map(([value, label]) => ({ value, label })),
    filter.providerId,
  )
  return (
    <div className={styles.bar}>
      <span className={styles.filter}>
        <Select
          label="Route"
          value={filter.route ?? ALL}
          onValueChange={(route) => setRoute(route === ALL ? null : route)}
          options={[{ value: ALL, label: 'Every route' }, ...routes]}
        />
      </span>
      <span className={styles.filter}>
        <Select
          label="Provider"
          value={filter.providerId ?? ALL}
          onValueChange={(provider) => setProvider(provider === ALL ? null : provider)}
          options={[{ value: ALL, label: 'Every provider' }, ...providers]}
        />
      </span>
      <button
        type="button"
        className={styles.toggle}
        aria-pressed={filter.failed}
        onClick={() => setFailed(!filter.failed)}
      >
        Failed only
      </button>
      {count > 0 && (
        <span className={styles.count}>
          {formatCount(count)} {hasMore ? 'newest' : 'kept'}
        </span>
      )}
    </div>
  )
}

type Option = { value: string; label: string }

/** What the URL names is an option, also when it is (no longer) known here. */
const withChosen = (options: Option[], chosen: string | null): Option[] =>
  chosen === null || options.some(({ value }) => value === chosen)
    ? options
    : [...options, { value: chosen, label: chosen }]
