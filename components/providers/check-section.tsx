import { ChartSection } from '#components/charts/chart-section.tsx'
import { CheckTicks } from '#components/charts/check-ticks.tsx'
import { Plot } from '#components/charts/plot.tsx'
import type { ChartFile } from '#components/charts/save-chart.tsx'
import type { CheckTicksView } from '#lib/view/check-ticks-view.ts'
import { spanWords } from '#lib/view/format.ts'

type Props = { view: CheckTicksView; marks: readonly number[]; intervalMs: number; file: ChartFile }

const HEIGHT = 24

/** Our own checks on the page's time axis. */
export function CheckSection({ view, marks, intervalMs, file }: Props) {
  return (
    <ChartSection
      title="Checks"
      summary={view.summary}
      meta={`every ${spanWords(intervalMs)} · ${view.summary.replace(/\.$/, '').replace(/^Checks: /, '')}`}
      condition={{ kind: 'ready' }}
      height={HEIGHT}
      table={view.total === 0 ? null : view.table}
      file={file}
    >
      <Plot kind="lane" height={HEIGHT} marks={marks}>
        <CheckTicks view={view} height={HEIGHT} />
      </Plot>
    </ChartSection>
  )
}
