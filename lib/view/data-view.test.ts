import { describe, expect, it } from 'vitest'
import { type DataView, STORED_PARTS, type StoredPart } from '#lib/contract/data.ts'
import { formatBytes } from './bytes.ts'
import { dataView } from './data-view.ts'
import { THIN } from './format.ts'

const NOW = Date.UTC(2026, 0, 31, 12)
const DAY = 86_400_000
const iso = (at: number) => new Date(at).toISOString()
const plain = (text: string) => text.replaceAll(THIN, ' ')

const part = (name: StoredPart['part'], over: Partial<StoredPart> = {}): StoredPart => ({
  part: name,
  rows: 1_234,
  from: iso(NOW - 2 * DAY),
  to: iso(NOW - 1_000),
  bytes: 3_000_000,
  keptMs: null,
  ...over,
})
const data = (parts: StoredPart[], bytes: DataView['bytes'] = { file: 84e6, log: 0, free: 0 }): DataView => ({
  asOf: iso(NOW),
  file: 'switchyard.db',
  bytes,
  diskFreeBytes: 12.34e9,
  parts,
  lastBackup: null,
  backupFolder: 'backups',
})

describe('an amount of data', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.0 kB'],
    [9_960, '10 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [84_400_000, '84 MB'],
    [1_234_000_000, '1.2 GB'],
    [5e15, '5000 TB'],
  ])('%d is %s', (bytes, words) => expect(plain(formatBytes(bytes))).toBe(words))
})

describe('the page about the database', () => {
  it('says what each part is for, how much it is, since when, and how long it stays', () => {
    const { headline, rows, rest } = dataView(
      data([
        part('checks', { keptMs: 2 * DAY }),
        part('rollups_1d', { bytes: 1_000_000, to: iso(NOW - DAY), from: iso(NOW - 500 * DAY) }),
        part('kept_failures', { rows: 0, from: null, to: null, bytes: 4_096 }),
      ]),
      'UTC',
    )
    expect(plain(headline)).toBe('84 MB in one file; 12 GB free on its disk.')
    expect(rest).toBeNull()
    expect(rows.map(({ span }) => span && [plain(span.words), plain(span.length)])).toEqual([
      ['29 Jan 12:00:00 to now', '47 h'],
      [expect.stringMatching(/ to 30 Jan 12:00:00$/), '499 d'],
      null,
    ])
    expect(
      rows.map(({ rows: count, kept, bytes, share }) => [count, plain(kept), plain(bytes), share]),
    ).toEqual([
      ['1,234', '2 d', '3.0 MB', 3_000_000 / 4_004_096],
      ['1,234', 'for ever', '1.0 MB', 1_000_000 / 4_004_096],
      ['0', '50 each', '–', 0],
    ])
  })

  it('has a name and a purpose for every part', () => {
    const { rows } = dataView(data(STORED_PARTS.map((name) => part(name))), 'UTC')
    expect(new Set(rows.map(({ name }) => name)).size).toBe(STORED_PARTS.length)
    for (const { purpose } of rows) expect(purpose).toMatch(/^[A-Z]/)
  })

  it('says what of the size is no data, and nothing of the disk where it is not known', () => {
    const full = data([], { file: 10e6, log: 4e6, free: 1e6 })
    expect(plain(dataView(full, 'UTC').rest ?? '')).toBe(
      'Of the size, 1.0 MB (10 %) is room for new rows; a backup leaves it out; 4.0 MB was written last and moves into the file by itself.',
    )
    expect(plain(dataView({ ...full, diskFreeBytes: null }, 'UTC').headline)).toBe('14 MB in one file.')
  })
})
