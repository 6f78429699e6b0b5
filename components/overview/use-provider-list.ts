'use client'

import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import { queries } from '#lib/client/queries.ts'
import { useUrlState } from '#lib/client/use-url-state.ts'
import type { ProviderRow } from '#lib/contract/monitor.ts'
import { filterProviders, parseProviderFilter } from '#lib/view/provider-filter.ts'
import {
  orderProviders,
  parseProviderSort,
  providerSortText,
  type ProviderSort,
} from '#lib/view/provider-order.ts'

const NONE: readonly ProviderRow[] = []

/** The fleet's rows as the URL asks for them (`q`, `show`, `sort`), how many there are in all, and how to ask otherwise. */
export function useProviderList() {
  const { data: monitor } = useQuery(queries.monitor())
  const [q, setSearch] = useUrlState('q')
  const [show, setShow] = useUrlState('show')
  const [sortText, setSortText] = useUrlState('sort')
  const search = q ?? ''
  const text = useDeferredValue(search)
  const filter = parseProviderFilter(show)
  const all = monitor?.providers ?? NONE
  const matching = useMemo(() => filterProviders(all, { filter, text }), [all, filter, text])
  const rows = useMemo(() => orderProviders(matching, parseProviderSort(sortText)), [matching, sortText])
  return {
    rows,
    asOf: monitor ? Date.parse(monitor.asOf) : 0,
    total: Math.max(all.length, monitor?.stats.totalProviders ?? 0),
    search,
    setSearch,
    filter,
    setShow,
    sort: parseProviderSort(sortText),
    setSort: (sort: ProviderSort) => setSortText(providerSortText(sort)),
  }
}
