import { StatusIcon } from '#components/ui/status-icon.tsx'
import { Time } from '#components/ui/time.tsx'
import type { Check } from '#lib/contract/check.ts'
import { checkMark } from '#lib/view/check-strip-view.ts'
import { formatMs, inWords } from '#lib/view/format.ts'
import { CLASS_WORDS, fullErrorWords } from '#lib/view/outcome-words.ts'
import styles from './log-table.module.css'

const ICONS = {
  passed: 'healthy',
  failed: 'unhealthy',
  limited: 'degraded',
  neutral: 'unknown',
  skipped: 'unknown',
  none: 'unknown',
} as const

const PHASES = [
  ['DNS', 'dnsMs'],
  ['Connect', 'connectMs'],
  ['TLS', 'tlsMs'],
  ['First byte', 'firstByteMs'],
] as const

/** Checks and reported attempts as rows, with how long each part of them took. */
export function CheckRows({ checks, caption }: { checks: readonly Check[]; caption: string }) {
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={caption}>
      <table className={styles.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Ended</th>
            <th scope="col">Outcome</th>
            <th scope="col">From</th>
            <th scope="col">Model</th>
            <th scope="col" className={styles.number}>
              Latency
            </th>
            {PHASES.map(([label]) => (
              <th key={label} scope="col" className={styles.number}>
                {label}
              </th>
            ))}
            <th scope="col">What went wrong</th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check) => (
            <CheckRow key={check.id} check={check} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function CheckRow({ check }: { check: Check }) {
  const { class: outcomeClass, phases, model } = check
  return (
    <tr>
      <td>
        <Time at={check.at} show="day" />
      </td>
      <td>
        <span className={styles.outcome}>
          <StatusIcon state={ICONS[checkMark(outcomeClass)]} size={14} />
          {outcomeClass === null ? 'skipped' : CLASS_WORDS[outcomeClass]}
        </span>
      </td>
      <td className={styles.soft}>{check.source === 'active' ? 'check' : 'traffic'}</td>
      <td className={styles.soft}>{model ?? '–'}</td>
      <td className={styles.number}>{formatMs(check.latencyMs)}</td>
      {PHASES.map(([label, phase]) => (
        <td key={label} className={`${styles.number ?? ''} ${styles.soft ?? ''}`}>
          {formatMs(phases?.[phase] ?? null)}
        </td>
      ))}
      <td className={styles.wide}>{wrongWords(check)}</td>
    </tr>
  )
}

function wrongWords(check: Check): string {
  if (check.skipped !== null) return inWords(check.skipped)
  return check.class === 'ok' ? '' : fullErrorWords(check)
}
