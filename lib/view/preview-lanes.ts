import type { ProviderPreview, Replayed, SettingsPreview } from '#lib/contract/preview.ts'
import { compareNames } from '#lib/domain/name-order.ts'
import type { ChartTable } from './chart-table.ts'
import { formatCount, NOTHING, plural, spanWords } from './format.ts'
import { nameList } from './name-list.ts'
import { figureRows, isSame } from './preview-figures.ts'
import { topSeries } from './top-series.ts'

/** A provider whose lanes are drawn: its own circuit first, then the models' circuits that would have opened. */
export type PreviewLanes = {
  preview: ProviderPreview
  name: string
  /** What differs, in words. */
  words: string
  models: readonly (string | null)[]
  /** In words, where more models opened than are drawn; null otherwise. */
  more: string | null
}

/** Which providers' lanes are worth drawing, and what there is to say of the others. */
export type LanesChoice = { lanes: readonly PreviewLanes[]; others: readonly string[] }

const MODELS_DRAWN = 3

/** The providers that the draft changes most, then those whose circuits opened; at most eight. */
export function lanesOf(
  { providers }: Pick<SettingsPreview, 'providers'>,
  names: Readonly<Record<string, string>>,
): LanesChoice {
  const nameOf = ({ providerId }: ProviderPreview) => names[providerId] ?? providerId
  const recorded = providers.filter(({ exactness }) => exactness.outcomes > 0)
  const silent = providers.filter(({ exactness }) => exactness.outcomes === 0)
  const lively = recorded.filter(isLively)
  const calm = recorded.length - lively.length
  const top = topSeries(lively, weightOf)
  return {
    lanes: top.shown.map((preview) => lanesOfProvider(preview, nameOf(preview))),
    others: [
      ...(top.words === null ? [] : [`${top.words} providers are drawn; the table has all.`]),
      ...(calm === 0 ? [] : [calmWords(calm, lively.length)]),
      ...(silent.length === 0 ? [] : [`Nothing recorded in this range: ${nameList(silent.map(nameOf))}.`]),
    ],
  }
}

const isLively = ({ draft, inForce }: ProviderPreview) =>
  hasOpened(draft) || hasOpened(inForce) || !isSame(draft.figures, inForce.figures)

const hasOpened = ({ figures }: Replayed) =>
  figures.openings + figures.modelOpenings > 0 || figures.openMs + figures.modelOpenMs > 0

/** What changes comes before what stays, and much before little. */
function weightOf({ draft, inForce }: ProviderPreview): number {
  const openMs = ({ figures }: Replayed) => figures.openMs + figures.modelOpenMs
  const changes = isSame(draft.figures, inForce.figures) ? 0 : 1e12
  return changes + Math.abs(openMs(draft) - openMs(inForce)) * 1e3 + openMs(inForce) / 1e6
}

const calmWords = (calm: number, lively: number) =>
  lively === 0
    ? 'No circuit would have opened, neither with the draft nor with the thresholds in force.'
    : `${plural(calm, 'other provider')} would never have opened, either way.`

function lanesOfProvider(preview: ProviderPreview, name: string): PreviewLanes {
  const { draft, inForce } = preview
  const opened = (replayed: Replayed) =>
    replayed.transitions.flatMap(({ model, to }) => (model !== null && to === 'open' ? [model] : []))
  const models = [...new Set([...opened(draft), ...opened(inForce)])].toSorted(compareNames)
  return {
    preview,
    name,
    words: laneWords(preview),
    models: [null, ...models.slice(0, MODELS_DRAWN)],
    more:
      models.length > MODELS_DRAWN
        ? `${MODELS_DRAWN} of ${models.length} models whose circuits would have opened are drawn.`
        : null,
  }
}

function laneWords({ draft, inForce }: ProviderPreview): string {
  if (isSame(draft.figures, inForce.figures)) return 'the same either way'
  const change = (of: (figures: Replayed['figures']) => number, words: (value: number) => string) => {
    const [before, after] = [words(of(inForce.figures)), words(of(draft.figures))]
    return before === after ? after : `${before} → ${after}`
  }
  const opened = ({ openings, modelOpenings }: Replayed['figures']) => openings + modelOpenings
  const openings = `${change(opened, formatCount)} ${opened(draft.figures) === 1 ? 'opening' : 'openings'}`
  const openMs = change(({ openMs, modelOpenMs }) => openMs + modelOpenMs, spanWords)
  return `${openings}, ${openMs} open`
}

const TABLE = [
  ['Openings', 'Openings'],
  ['Time open', 'Open'],
  ['Openings of models', 'Of models'],
  ['Failures avoided', 'Failures avoided'],
  ['Failures let through', 'Let through'],
  ['Good calls refused', 'Good refused'],
  ['Time to detect, on average', 'Detects after'],
] as const

/** Every provider's figures, those in force before the arrow and the draft's after it; those without records say so. */
export function previewTable(
  { providers, total }: Pick<SettingsPreview, 'providers' | 'total'>,
  names: Readonly<Record<string, string>>,
): ChartTable {
  const row = (name: string, figures: { draft: Replayed['figures']; inForce: Replayed['figures'] }) => {
    const rows = new Map(figureRows(figures.draft, figures.inForce).map((each) => [each.label, each]))
    return [
      name,
      ...TABLE.map(([label]) => {
        const each = rows.get(label)
        if (!each) return NOTHING
        return each.inForce === each.draft ? each.draft : `${each.inForce} → ${each.draft}`
      }),
    ]
  }
  return {
    columns: ['Provider', ...TABLE.map(([, heading]) => heading)],
    rows: [
      row('All', total),
      ...providers.map(({ providerId, draft, inForce, exactness }) => {
        const name = names[providerId] ?? providerId
        if (exactness.outcomes === 0) return [name, 'nothing recorded', ...TABLE.slice(1).map(() => NOTHING)]
        return row(name, { draft: draft.figures, inForce: inForce.figures })
      }),
    ],
  }
}
