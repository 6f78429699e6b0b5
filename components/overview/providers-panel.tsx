'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { NoMatch } from '#components/ui/no-match.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { queries } from '#lib/client/queries.ts'
import { failoverThresholds } from '#lib/view/failover-threshold.ts'
import { capitalise, formatCount, plural } from '#lib/view/format.ts'
import { filtersInForce } from '#lib/view/no-match.ts'
import { ProviderTable } from './provider-table.tsx'
import { ProviderTools } from './provider-tools.tsx'
import { useFleetCondition } from './use-fleet-condition.ts'
import { useProviderList } from './use-provider-list.ts'

const MIN_HEIGHT = 240

/** All providers, worst first unless asked otherwise, to search and narrow down. */
export function ProvidersPanel() {
  const { rows, asOf, total, search, setSearch, filter, setShow, sort, setSort } = useProviderList()
  const { data: settings } = useQuery(queries.settings())
  const thresholdOf = useMemo(() => failoverThresholds(settings?.settings ?? null), [settings])
  const all = plural(total, 'provider')
  const inForce = filtersInForce([
    ['', search],
    ['show', filter && capitalise(filter)],
  ])
  const clear = () => {
    setSearch(null)
    setShow(null)
  }
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
      {rows.length === 0 && inForce.length > 0 ? (
        <NoMatch thing="provider" inForce={inForce} onClear={clear} />
      ) : (
        <ProviderTable rows={rows} sort={sort} onSort={setSort} thresholdOf={thresholdOf} asOf={asOf} />
      )}
    </Panel>
  )
}
