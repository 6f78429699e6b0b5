import { chartFile } from '#components/charts/chart-file.ts'
import type { ChartFile } from '#components/charts/save-chart.tsx'
import type { SettingsPreview, SettingsSuggestion } from '#lib/contract/preview.ts'
import { figuresFileName } from '#lib/view/chart-figures.ts'
import { dateTimeWords } from '#lib/view/format.ts'
import { previewFigures, suggestionFigures } from '#lib/view/replay-figures.ts'
import type { Zone } from '#lib/view/zoned-time.ts'

const LEGEND = [
  { label: 'open', colour: 'var(--unhealthy)', mark: 'block' },
  { label: 'half-open', colour: 'var(--half-open)', mark: 'block' },
] as const

const rangeOf = ({ from, to }: { from: string; to: string }) => ({
  from: Date.parse(from),
  to: Date.parse(to),
})

/** The lanes of a preview as a file; their axis is in the drawing. */
export function previewFile(answer: SettingsPreview, zone: Zone): ChartFile {
  const range = rangeOf(answer)
  const bucketWords = `${dateTimeWords(range.from, zone)} to ${dateTimeWords(range.to, zone)}`
  return chartFile(
    { ...range, ticks: [], bucketWords, zone },
    { what: ['threshold', 'preview'], legend: LEGEND },
    () => previewFigures(answer),
  )
}

/** The combinations that were tried as a file. */
export function suggestionFile(answer: SettingsSuggestion, zone: Zone): ChartFile {
  const range = rangeOf(answer)
  return {
    name: figuresFileName(['threshold', 'suggestion'], range),
    figures: () => suggestionFigures(answer),
    words: {
      legend: [],
      ticks: [],
      axisWords: `tried on ${dateTimeWords(range.from, zone)} to ${dateTimeWords(range.to, zone)}`,
    },
  }
}
