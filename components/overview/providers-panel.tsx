'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Panel } from '#components/ui/panel.tsx'
import { queries } from '#lib/client/queries.ts'
import { failoverThresholds } from '#lib/view/failover-threshold.ts'
import { formatCount, plural } from '#lib/view/format.ts'
import { ProviderTable } from './provider-table.tsx'
import { ProviderTools } from './provider-tools.tsx'
import styles from './providers-panel.module.css'
import { useFleetCondition } from './use-fleet-condition.ts'
import { useProviderList } from './use-provider-list.ts'

const MIN_HEIGHT = 240

/** All providers, worst first unless asked otherwise, to search and narrow down. */
export function ProvidersPanel() {
  const { rows, asOf, total, search, setSearch, filter, setShow, sort, setSort } = useProviderList()
  const { data: settings } = useQuery(queries.settings())
  const thresholdOf = useMemo(() => failoverThresholds(settings?.settings ?? null), [settings])
  const all = plural(total, 'provider')
  const isUsual = sort.by === 'worst' && !sort.isReversed
  return (
    <Panel
      title="Providers"
      condition={useFleetCondition()}
      minHeight={MIN_HEIGHT}
      meta={
        <>
          <span>
            {rows.length === total ? all : `${formatCount(rows.length)} of ${all}`}
            {isUsual && ', worst first'}
          </span>
          <ProviderTools search={search} onSearch={setSearch} show={filter} onShow={setShow} />
        </>
      }
    >
      {rows.length === 0 ? (
        <p className={styles.none}>No provider matches{search !== '' && ` “${search}”`}.</p>
      ) : (
        <ProviderTable rows={rows} sort={sort} onSort={setSort} thresholdOf={thresholdOf} asOf={asOf} />
      )}
    </Panel>
  )
}
