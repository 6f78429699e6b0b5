'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { replayQueries, type ReplayProgress } from '#lib/client/replay-queries.ts'
import { failureFacts } from '#lib/client/request-error.ts'
import { useDebounced } from '#lib/client/use-debounced.ts'
import { useZone } from '#lib/client/use-zone.ts'
import type { SettingsPreview } from '#lib/contract/preview.ts'
import type { Settings } from '#lib/contract/settings.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { mayAskAgain, previewCondition, type DraftKind } from '#lib/view/preview-condition.ts'
import { previewRangeMs, type PreviewRange } from '#lib/view/preview-coverage.ts'

const DEBOUNCE_MS = 400

type Ask = {
  settings: Settings
  draft: DraftKind
  /** The version in force, which the draft is compared with. */
  version: number
}

/** The replay of a draft, kept up while it is edited. */
export type Preview = {
  range: PreviewRange
  setRange: (range: PreviewRange) => void
  condition: PanelCondition
  /** The newest answer while there is a draft; of an earlier one until the next arrives. */
  answer: SettingsPreview | null
  /** Null when nothing is running. */
  progress: ReplayProgress | 'begun' | null
  stop: () => void
  /** Asks again after a failure or a stop; null when there is no reason to. */
  again: (() => void) | null
}

/** Replays the draft a moment after each edit; the next edit aborts what is running, here and on the server. */
export function usePreview({ settings, draft, version }: Ask): Preview {
  const client = useQueryClient()
  const { zone } = useZone()
  const [range, setRange] = useState<PreviewRange>('7d')
  const settled = useDebounced(settings, DEBOUNCE_MS)
  // While the letters still come, the settled draft is one before, and may be none or an invalid one.
  const isSettled = settled === settings
  const query = useQuery({
    ...replayQueries.preview({ settings: settled, version, rangeMs: previewRangeMs(range) }),
    enabled: isSettled && draft === 'valid',
  })
  const { data: progress } = useQuery(replayQueries.progress('preview'))
  const facts = {
    draft,
    answer: draft === 'none' ? null : (query.data ?? null),
    isCurrent: isSettled && query.data !== undefined && !query.isPlaceholderData,
    isComing: query.isFetching || !isSettled,
    error: failureFacts(query.error),
    zone,
  }
  return {
    range,
    setRange,
    answer: facts.answer,
    condition: previewCondition(facts),
    progress: query.isFetching ? (progress ?? 'begun') : null,
    stop: () => void client.cancelQueries({ queryKey: replayQueries.kind('preview') }),
    again: mayAskAgain(facts) ? () => void query.refetch() : null,
  }
}
