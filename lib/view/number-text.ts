/** `percent` writes a rate of 0..1 as 0..100; `plain` writes the number as it is. */
export type NumberScale = 'plain' | 'percent'

// Twelve digits hide what binary fractions add (0.07 × 100) and keep all that anyone writes.
const tidy = (value: number) => Number(value.toPrecision(12))

/** The number that `text` stands for, in the data's unit: null when empty, NaN when it is no number. */
export function parseScaled(text: string, scale: NumberScale): number | null {
  const bare = text.trim().replace(/\s*%$/, '')
  if (bare === '') return null
  if (!/^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/.test(bare)) return Number.NaN
  const value = Number(bare.replace(',', '.'))
  return scale === 'percent' ? tidy(value / 100) : value
}

/** `value` as it is written in a field; empty for null and NaN. */
export function formatScaled(value: number | null, scale: NumberScale): string {
  if (value === null || Number.isNaN(value)) return ''
  return String(scale === 'percent' ? tidy(value * 100) : value)
}
