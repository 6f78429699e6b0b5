'use client'

import { capitalise } from '#lib/view/format.ts'
import { PROVIDER_FILTERS, type ProviderFilter } from '#lib/view/provider-filter.ts'
import styles from './provider-tools.module.css'

type Props = {
  search: string
  onSearch: (text: string | null) => void
  show: ProviderFilter | null
  onShow: (filter: string | null) => void
}

/** Search and filter of the list; both live in the URL. */
export function ProviderTools({ search, onSearch, show, onShow }: Props) {
  return (
    <div className={styles.tools} role="search">
      <input
        type="search"
        className={styles.search}
        aria-label="Search providers"
        placeholder="Search  /"
        autoComplete="off"
        spellCheck={false}
        data-search
        value={search}
        onChange={({ target }) => onSearch(target.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Escape') currentTarget.blur()
        }}
      />
      <select
        className={styles.filter}
        aria-label="Show"
        value={show ?? ''}
        onChange={({ target }) => onShow(target.value)}
      >
        <option value="">All</option>
        {PROVIDER_FILTERS.map((filter) => (
          <option key={filter} value={filter}>
            {capitalise(filter)}
          </option>
        ))}
      </select>
    </div>
  )
}
