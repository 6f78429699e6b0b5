import type { ProviderRow } from '#lib/contract/monitor.ts'

const haystack = ({ id, name, kind, region, tags, status }: ProviderRow) =>
  [id, name, kind, region ?? '', status, ...tags].join(' ').toLowerCase()

/** The rows that contain every word of the text in their id, name, kind, region, status or tags. */
export function searchRows(rows: readonly ProviderRow[], text: string): readonly ProviderRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows
  return rows.filter((row) => {
    const searched = haystack(row)
    return words.every((word) => searched.includes(word))
  })
}
