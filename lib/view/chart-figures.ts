import type { Bucket } from '#lib/contract/check.ts'
import { OUTCOME_CLASSES } from '#lib/domain/outcome.ts'
import { countedIn } from './success-view.ts'
import { onGrid, type TimeGrid } from './time-grid.ts'

/** A chart's figures as plain numbers, for a file: unlike its table they are neither rounded nor worded. */
export type ChartFigures = {
  columns: readonly string[]
  rows: readonly (readonly (string | number | null)[])[]
}

type Column = readonly [name: string, of: (bucket: Bucket) => number | null]

/** What each chart of a bucket's figures puts into its file, after the bucket's begin. */
export const FIGURE_COLUMNS = {
  success: [
    ['success_rate', ({ successRate }) => successRate],
    ['ok', ({ ok }) => ok],
    ['counted', countedIn],
  ],
  latency: [
    ['p50_ms', ({ latency }) => latency?.p50 ?? null],
    ['p95_ms', ({ latency }) => latency?.p95 ?? null],
    ['p99_ms', ({ latency }) => latency?.p99 ?? null],
    ['avg_ms', ({ latency }) => latency?.avg ?? null],
    ['max_ms', ({ latency }) => latency?.max ?? null],
    ['ok', ({ ok }) => ok],
  ],
  volume: [
    ...OUTCOME_CLASSES.map((name): Column => [name, ({ byClass }) => byClass[name] ?? 0]),
    ['slow', ({ slow }) => slow],
    ['calls', ({ count }) => count],
  ],
} as const satisfies Record<string, readonly Column[]>

/** A row for each bucket of the grid; one that is missing has its begin and nothing else. */
export function bucketFigures(
  grid: TimeGrid,
  buckets: readonly Bucket[],
  columns: readonly Column[],
): ChartFigures {
  const slots = onGrid(grid, buckets)
  return {
    columns: ['from', ...columns.map(([name]) => name)],
    rows: grid.starts.map((start, i) => {
      const bucket = slots[i] ?? null
      return [new Date(start).toISOString(), ...columns.map(([, of]) => bucket && of(bucket))]
    }),
  }
}

/** The figures as CSV (RFC 4180); a text that a spreadsheet would take for a formula is made harmless. */
export function csvText({ columns, rows }: ChartFigures): string {
  return [columns, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('')
}

function cellText(cell: string | number | null): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A file's name out of what it shows and when: `azure-eu-latency-20260131T1100Z-20260131T1200Z`. */
export function figuresFileName(
  what: readonly string[],
  { from, to }: Pick<TimeGrid, 'from' | 'to'>,
): string {
  const words = what
    .join(' ')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
  const moment = (at: number) => `${new Date(at).toISOString().slice(0, 16).replaceAll(/[-:]/g, '')}Z`
  return `${words.replaceAll(/^-|-$/g, '')}-${moment(from)}-${moment(to)}`
}
