import type { ProviderRow } from '#lib/contract/monitor.ts'
import { capitalise, formatCount, formatMs, formatPercent, inWords, NOTHING, plural } from './format.ts'
import { keepUnits } from './keep-units.ts'

/** What an icon of a row's status or circuit shows. */
export type RowIcon =
  | 'healthy'
  | 'degraded'
  | 'unhealthy'
  | 'unknown'
  | 'disabled'
  | 'closed'
  | 'open'
  | 'half_open'
  | 'cooling'
  | 'override'

/** Success of the last hour; `share` (0..1) is null where there are too few calls to give a rate. */
export type SuccessCell = { text: string; calls: string; share: number | null; isBelow: boolean }

/** A circuit in two lines: what it is, and until when or what lies under it. */
export type CircuitCell = {
  icon: RowIcon
  title: string
  isStrong: boolean
  /** What `until` is the end of, in words before and after it; null without one. */
  until: { at: string; before: string; after: string } | null
  note: string | null
}

/** A provider's row, ready to draw; what depends on the time is left to the second hand. */
export type ProviderRowView = {
  icon: RowIcon
  reason: string
  success: SuccessCell
  p50: string
  p95: string
  circuit: CircuitCell
  sparkTone: 'degraded' | 'unhealthy' | 'fg-2'
}

/** What a row shows. `threshold` is the success rate below which the provider fails over; null: not known. */
export function providerRowView(row: ProviderRow, threshold: number | null): ProviderRowView {
  return {
    icon: row.enabled ? row.status : 'disabled',
    reason: reasonOf(row),
    success: successCell(row, threshold),
    p50: formatMs(row.lastHour.p50Ms),
    p95: formatMs(row.lastHour.p95Ms),
    circuit: circuitCell(row),
    sparkTone: row.status === 'unhealthy' || row.status === 'degraded' ? row.status : 'fg-2',
  }
}

function reasonOf(row: ProviderRow): string {
  if (!row.enabled) return 'Disabled: not checked'
  const status = capitalise(inWords(row.status))
  return row.statusReason === '' ? status : `${status} · ${keepUnits(row.statusReason)}`
}

function successCell({ lastHour, minSamples }: ProviderRow, threshold: number | null): SuccessCell {
  const { count, successRate } = lastHour
  if (count === 0 || successRate === null)
    return { text: NOTHING, calls: 'no calls', share: null, isBelow: false }
  if (count < minSamples) {
    return { text: `${count} of ${minSamples}`, calls: 'samples', share: null, isBelow: false }
  }
  return {
    text: formatPercent(successRate),
    calls: `of ${formatCount(count)}`,
    share: successRate,
    isBelow: threshold !== null && successRate < threshold,
  }
}

function circuitCell(row: ProviderRow): CircuitCell {
  const { circuit } = row
  if (circuit.override !== null) return heldCell(circuit.override, circuit.state)
  const { until } = circuit
  const note = modelsNote(row)
  switch (circuit.effective) {
    case 'open':
      return { icon: 'open', title: 'Open', isStrong: true, until: end(until, 'next trial in ', ''), note }
    case 'cooling':
      return { icon: 'cooling', title: 'Cooling', isStrong: true, until: end(until, '', ' left'), note }
    case 'half_open':
      return { icon: 'half_open', title: 'Half-open', isStrong: true, until: null, note: note ?? 'trying' }
    case 'closed':
      return { icon: 'closed', title: 'Closed', isStrong: false, until: null, note }
  }
}

/** "2 models not closed, 1 held"; null when there is nothing to say of them. */
function modelsNote({ openModels, heldModels }: ProviderRow): string | null {
  if (openModels === 0) return heldModels && `${plural(heldModels.count, 'model')} held`
  const open = `${plural(openModels, 'model')} not closed`
  return heldModels === null ? open : `${open}, ${formatCount(heldModels.count)} held`
}

const end = (at: string | null, before: string, after: string): CircuitCell['until'] =>
  at === null ? null : { at, before, after }

const heldCell = (
  { mode, until }: NonNullable<ProviderRow['circuit']['override']>,
  state: ProviderRow['circuit']['state'],
): CircuitCell => ({
  icon: 'override',
  title: capitalise(inWords(mode)),
  isStrong: true,
  until: end(until, '', ' left'),
  note: `automatic ${inWords(state)}`,
})
