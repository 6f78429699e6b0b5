'use client'

import { useQuery } from '@tanstack/react-query'
import { incidentQueries } from '#lib/client/incident-queries.ts'
import { useDebounced } from '#lib/client/use-debounced.ts'
import type { Matcher } from '#lib/domain/alerts/silence.ts'
import { plural } from '#lib/view/format.ts'
import { filledMatchers } from '#lib/view/silence-form.ts'
import styles from './silence-dialog.module.css'

const TYPING_MS = 300
/** So many alerts are named one by one. */
const MOST_NAMED = 5

/** Which alerts the matchers would keep quiet at this moment, asked for when nobody has typed for a moment. */
export function SilencePreview({ matchers }: { matchers: readonly Matcher[] }) {
  const settled = useDebounced(matchers, TYPING_MS)
  const asked = filledMatchers(settled)
  const isWhole = asked.length === settled.length
  const { data, error } = useQuery({ ...incidentQueries.matches(asked), enabled: isWhole })
  const shown = isWhole && error === null ? data : undefined
  return (
    <div className={styles.preview} role="status">
      <p>
        {error !== null
          ? `What it matches now is not known: ${error.message}`
          : shown === undefined
            ? 'Matches now: fill in what the alerts must be like.'
            : `Matches now: ${shown.total === 0 ? 'no alert' : plural(shown.total, 'alert')}`}
      </p>
      {shown !== undefined && shown.total > 0 && (
        <ul>
          {shown.alerts.slice(0, MOST_NAMED).map(({ ruleName, subject }) => (
            <li key={`${ruleName} ${subject}`}>
              {ruleName}: {subject}
            </li>
          ))}
          {shown.total > MOST_NAMED && <li>and {shown.total - MOST_NAMED} more</li>}
        </ul>
      )}
    </div>
  )
}
