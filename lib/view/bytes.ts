import { THIN } from './format.ts'

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** An amount of data in decimal units, as disks are sold: `512 B`, `4.1 kB`, `84 MB`. */
export function formatBytes(bytes: number): string {
  let amount = bytes
  let unit = 0
  // What would round to 1000 is one of the next unit.
  while (amount >= 999.5 && unit < UNITS.length - 1) {
    amount /= 1_000
    unit += 1
  }
  const digits = unit === 0 || amount >= 9.95 ? 0 : 1
  return `${amount.toFixed(digits)}${THIN}${UNITS[unit] ?? ''}`
}
