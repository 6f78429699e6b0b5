'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { NoMatch } from '#components/ui/no-match.tsx'
import { FIRST_ROWS, ShowAll } from '#components/ui/show-all.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { queries } from '#lib/client/queries.ts'
import { listCondition } from '#lib/client/waiting-condition.ts'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import { plural } from '#lib/view/format.ts'
import { filtersInForce } from '#lib/view/no-match.ts'
import { matchesSearch } from '#lib/view/provider-search.ts'
import { ListPanel } from './list-panel.tsx'
import { PageHeading } from './page-heading.tsx'
import { PresetList } from './preset-list.tsx'
import { ProviderActionDialogs, type ProviderAction } from './provider-action-dialogs.tsx'
import styles from './provider-list.module.css'
import { ProviderTableRow } from './provider-table-row.tsx'

const COLUMNS = ['Provider', 'Key', 'Interval', 'Thresholds', 'Enabled'] as const

/** All providers as they are configured. */
export function ProviderList() {
  const list = useQuery(queries.providers())
  const { data } = list
  const settings = useQuery(queries.settings()).data?.settings ?? DEFAULT_SETTINGS
  const [search, setSearch] = useState('')
  const [action, setAction] = useState<ProviderAction | null>(null)
  const [all, setAll] = useState(false)
  const matching = (data ?? []).filter((provider) => matchesSearch(provider, search))
  // A server that draws thousands of rows, each with its menu, does nothing else for a second.
  const shown = all ? matching : matching.slice(0, FIRST_ROWS)
  return (
    <>
      <PageHeading
        title="Providers"
        actions={
          <ButtonLink needs="providers.write" href="/settings/providers/new" variant="solid">
            Add a provider
          </ButtonLink>
        }
      >
        {data === undefined ? 'What is checked, and how.' : summaryOf(data)}
      </PageHeading>
      {data?.length === 0 ? (
        <PresetList />
      ) : (
        <ListPanel
          columns={COLUMNS}
          title="Providers"
          minHeight={320}
          foot={<ShowAll shown={shown.length} total={matching.length} onShowAll={() => setAll(true)} />}
          condition={listCondition(list, data)}
          instead={
            matching.length === 0 ? (
              <NoMatch
                thing="provider"
                inForce={filtersInForce([['', search]])}
                onClear={() => setSearch('')}
              />
            ) : null
          }
          meta={
            <span className={styles.search}>
              <TextInput
                type="search"
                aria-label="Search providers"
                placeholder="Search  /"
                data-search=""
                value={search}
                onChange={(event) => setSearch(event.target.value)}
              />
            </span>
          }
        >
          {shown.map((provider) => (
            <ProviderTableRow
              key={provider.id}
              provider={provider}
              settings={settings}
              onAction={setAction}
            />
          ))}
        </ListPanel>
      )}
      <ProviderActionDialogs action={action} onClose={() => setAction(null)} />
    </>
  )
}

function summaryOf(providers: readonly ProviderConfig[]): string {
  const disabled = providers.filter(({ enabled }) => !enabled).length
  return `${plural(providers.length, 'provider')}${disabled === 0 ? '' : `, ${disabled} disabled`}. Changes apply when saved.`
}
