'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { ExportLinks } from '#components/data/export-links.tsx'
import { LoadOlder } from '#components/ui/load-older.tsx'
import { NoMatch } from '#components/ui/no-match.tsx'
import { PanelState } from '#components/ui/panel-state.tsx'
import { Select } from '#components/ui/select.tsx'
import { providerQueries } from '#lib/client/provider-queries.ts'
import { useUrlState } from '#lib/client/use-url-state.ts'
import { listCondition } from '#lib/client/waiting-condition.ts'
import type { Check } from '#lib/contract/check.ts'
import { OUTCOME_CLASSES } from '#lib/domain/outcome.ts'
import { capitalise, formatCount } from '#lib/view/format.ts'
import { filtersInForce } from '#lib/view/no-match.ts'
import { CLASS_WORDS } from '#lib/view/outcome-words.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { exportWindow, type TimeWindow } from '#lib/view/time-window.ts'
import { CheckRows } from './check-rows.tsx'
import styles from './log-table.module.css'

const POLL_MS = 10_000
const OPTIONS = [
  { value: 'all', label: 'All outcomes' },
  ...OUTCOME_CLASSES.map((value) => ({ value, label: capitalise(CLASS_WORDS[value]) })),
]

const NONE: PanelCondition = { kind: 'empty', text: 'No check in this range.' }

/** Every check and reported attempt of the window, newest first, page by page. */
export function CheckLog({ providerId, window }: { providerId: string; window: TimeWindow }) {
  const [asked, setClass] = useUrlState('class')
  const outcomeClass = OUTCOME_CLASSES.find((one) => one === asked) ?? null
  const log = useInfiniteQuery({
    ...providerQueries.checkLog(providerId, { window, class: outcomeClass }),
    // Whoever has paged back reads the past: the list must not move under them.
    refetchInterval: ({ state }) =>
      window.kind === 'live' && state.data?.pages.length === 1 ? POLL_MS : false,
  })
  const checks = log.data?.pages.flatMap(({ items }) => items) ?? []
  const inForce = filtersInForce([['outcome', outcomeClass && capitalise(CLASS_WORDS[outcomeClass])]])
  const condition = listCondition(log, log.data && checks, inForce.length > 0 ? undefined : NONE)
  return (
    <>
      <div className={styles.bar}>
        <Select
          label="Outcome"
          value={outcomeClass ?? 'all'}
          onValueChange={(value) => setClass(value === 'all' ? null : value)}
          options={OPTIONS}
        />
        {checks.length > 0 && (
          <span>
            {formatCount(checks.length)} {log.hasNextPage ? 'newest shown' : 'in this range'}
          </span>
        )}
        <span className={styles.download}>
          Download all{' '}
          <ExportLinks
            what="checks"
            window={exportWindow(window)}
            filter={{ providerId, class: outcomeClass }}
          />
        </span>
      </div>
      <PanelState condition={condition} minHeight={200}>
        <Checks checks={checks} inForce={inForce} onClear={() => setClass(null)} />
      </PanelState>
      <LoadOlder log={log} />
    </>
  )
}

type ChecksProps = { checks: readonly Check[]; inForce: readonly string[]; onClear: () => void }

const Checks = ({ checks, inForce, onClear }: ChecksProps) =>
  checks.length === 0 && inForce.length > 0 ? (
    <NoMatch thing="check in this range" inForce={inForce} onClear={onClear} />
  ) : (
    <CheckRows checks={checks} caption="Check log, newest first" />
  )
