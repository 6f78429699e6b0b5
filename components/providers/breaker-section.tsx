import { AnnotationRow } from '#components/charts/annotation-row.tsx'
import { BREAKER_LEGEND } from '#components/charts/breaker-legend.ts'
import { BreakerStrip } from '#components/charts/breaker-strip.tsx'
import { chartFile } from '#components/charts/chart-file.ts'
import { ChartSection } from '#components/charts/chart-section.tsx'
import { Plot } from '#components/charts/plot.tsx'
import type { AnnotationsView } from '#lib/view/annotations-view.ts'
import type { TimeGrid } from '#lib/view/time-grid.ts'
import type { BreakerStripView } from '#lib/view/breaker-strip-view.ts'

type Props = {
  name: string
  grid: TimeGrid
  lanes: { strip: BreakerStripView; annotations: AnnotationsView }
  /** Whether the happenings have been read. */
  isKnown: boolean
}

const HEIGHT = 22

/** The breaker's lane with what happened above it; its table is the list of happenings. */
export function BreakerSection({ name, grid, lanes: { strip, annotations }, isKnown }: Props) {
  const newest = strip.events.at(-1)
  const table = {
    columns: ['When, and what happened'],
    rows: annotations.list.toReversed().map(({ text }) => [text]),
  }
  return (
    <ChartSection
      title="Breaker"
      summary={strip.summary}
      meta={newest ? newest.label : strip.summary.replace(/\.$/, '')}
      condition={isKnown ? { kind: 'ready' } : { kind: 'loading' }}
      height={HEIGHT + 18}
      table={table.rows.length === 0 ? null : table}
      file={chartFile(grid, { what: [name, 'breaker'], legend: BREAKER_LEGEND }, () => ({
        columns: ['at', 'model', 'what'],
        rows: annotations.list
          .toReversed()
          .map(({ at, model, words }) => [new Date(at).toISOString(), model, words]),
      }))}
    >
      <AnnotationRow view={annotations} />
      <Plot kind="lane" height={HEIGHT} marks={[]}>
        <BreakerStrip view={strip} height={HEIGHT} label="Breaker" />
      </Plot>
    </ChartSection>
  )
}
