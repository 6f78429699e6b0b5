'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDataCondition } from '#components/providers/use-data-condition.ts'
import { Button } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { incidentQueries } from '#lib/client/incident-queries.ts'
import { useLive } from '#lib/client/live/live-store.ts'
import type { SilenceView } from '#lib/contract/silence.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { EndSilenceDialog } from './end-silence-dialog.tsx'
import listStyles from './incident-list.module.css'
import { SilenceDialog } from './silence-dialog.tsx'
import { SilenceTable } from './silence-table.tsx'
import { POLL_MS } from './use-open-list.ts'

const NONE: readonly SilenceView[] = []
const NOTHING: PanelCondition = {
  kind: 'empty',
  text: 'Nothing is silenced. Before planned work, a silence keeps its alerts from telling anybody.',
}

/** What is kept quiet, by whom and why: in force, to come, over. */
export function SilencesPanel() {
  const { isPaused } = useLive()
  const { data, error } = useQuery({
    ...incidentQueries.silences(),
    refetchInterval: isPaused ? false : POLL_MS,
  })
  const condition = useDataCondition({ asOf: data?.asOf ?? null, error })
  const [isNew, setNew] = useState(false)
  const [ending, setEnding] = useState<SilenceView | null>(null)
  const silences = data?.silences ?? NONE
  return (
    <div className={listStyles.list}>
      <Panel
        title="Silences and maintenance windows"
        minHeight={120}
        condition={condition.kind === 'ready' && silences.length === 0 ? NOTHING : condition}
        meta={
          <Button size="small" needs="silences.write" onClick={() => setNew(true)}>
            New silence…
          </Button>
        }
      >
        <SilenceTable silences={silences} onEnd={setEnding} />
      </Panel>
      {isNew && <SilenceDialog matchers={[]} onClose={() => setNew(false)} />}
      {ending !== null && <EndSilenceDialog silence={ending} onClose={() => setEnding(null)} />}
    </div>
  )
}
