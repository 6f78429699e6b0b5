import type { Monitor } from '#lib/contract/monitor.ts'

/** How many circuits operators hold, providers' own and models', and when the first is let go, null without any. */
export function activeOverrides({ providers }: Pick<Monitor, 'providers'>): {
  count: number
  firstEnd: string | null
} {
  let count = 0
  const ends: string[] = []
  for (const { circuit, heldModels } of providers) {
    if (circuit.override !== null) {
      count += 1
      ends.push(circuit.override.until)
    }
    if (heldModels !== null) {
      count += heldModels.count
      ends.push(heldModels.until)
    }
  }
  return { count, firstEnd: ends.toSorted()[0] ?? null }
}
