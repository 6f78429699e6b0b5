import { keepPreviousData, type QueryClient, queryOptions, skipToken } from '@tanstack/react-query'
import {
  previewLineSchema,
  suggestLineSchema,
  type PreviewLine,
  type SettingsPreview,
  type SettingsSuggestion,
  type SuggestLine,
} from '#lib/contract/preview.ts'
import type { Settings } from '#lib/contract/settings.ts'
import { serverNow } from './clock.ts'
import { browserGcMs } from './gc-time.ts'
import { askInLines } from './lines.ts'
import { RequestError } from './request-error.ts'

/** What is replayed: settings over the records of the last `rangeMs`, while `version` is in force. */
export type ReplayAsk = { settings: Settings; version: number; rangeMs: number }

/** How far a replay is, of `total` pieces of work. */
export type ReplayProgress = { done: number; total: number }

// Whole ten seconds, so that a lane of the same range is asked for once and not with each letter typed; the next ones,
// so that what was recorded a moment ago is in it.
const GRAIN_MS = 10_000

function lastRange(rangeMs: number): { from: string; to: string } {
  const to = Math.ceil(serverNow() / GRAIN_MS) * GRAIN_MS
  return { from: new Date(to - rangeMs).toISOString(), to: new Date(to).toISOString() }
}

type Kind = 'preview' | 'suggestion'
const progressKey = (kind: Kind) => ['replay', kind, 'progress'] as const

/** Replays of the recorded outcomes. Each tells its progress under `progress` of its kind; aborting it stops the server. */
export const replayQueries = {
  /** Every preview, for cancelling. */
  kind: (kind: Kind) => ['replay', kind] as const,

  /** How far the running replay is; null before its first piece. */
  progress: (kind: Kind) =>
    queryOptions<ReplayProgress | null>({ queryKey: progressKey(kind), enabled: false, initialData: null }),

  /** What the settings would have done; the figures of the settings before stay meanwhile. */
  preview: (ask: ReplayAsk) =>
    queryOptions({
      queryKey: ['replay', 'preview', 'of', ask],
      queryFn: ({ signal, client }) => readPreview(ask, signal, client),
      placeholderData: keepPreviousData,
      ...ONCE,
    }),

  /** The combinations of thresholds that were tried, with what they were tried over; `nth` makes each a new search. */
  suggestion: (ask: ReplayAsk | null, nth: number) =>
    queryOptions({
      queryKey: ['replay', 'suggestion', 'of', ask, nth],
      queryFn:
        ask === null
          ? skipToken
          : async ({ signal, client }) => ({ ask, suggestion: await readSuggestion(ask, signal, client) }),
      placeholderData: keepPreviousData,
      ...ONCE,
    }),
}

// A replay is work for the server: it is done when asked for, not when the page comes back to the front.
const ONCE = {
  retry: false,
  staleTime: 5 * 60_000,
  gcTime: browserGcMs(2 * 60_000),
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
  structuralSharing: false,
} as const

async function readPreview(
  { settings, rangeMs }: ReplayAsk,
  signal: AbortSignal,
  client: QueryClient,
): Promise<SettingsPreview> {
  const tell = teller(client, 'preview')
  const ask = { body: { settings, ...lastRange(rangeMs) }, schema: previewLineSchema, signal }
  const last = await askInLines('/api/settings/preview', ask, tell)
  return last?.type === 'preview' ? last.preview : unfinished()
}

async function readSuggestion(
  { settings, rangeMs }: ReplayAsk,
  signal: AbortSignal,
  client: QueryClient,
): Promise<SettingsSuggestion> {
  const tell = teller(client, 'suggestion')
  const ask = { body: { settings, ...lastRange(rangeMs) }, schema: suggestLineSchema, signal }
  const last = await askInLines('/api/settings/suggest', ask, tell)
  return last?.type === 'suggestion' ? last.suggestion : unfinished()
}

/** Tells the progress that a line may say to whoever watches this kind of replay; none at first. */
function teller(client: QueryClient, kind: Kind): (line: PreviewLine | SuggestLine) => void {
  const put = (progress: ReplayProgress | null) => client.setQueryData(progressKey(kind), progress)
  put(null)
  return (line) => {
    if (line.type === 'progress') put({ done: line.done, total: line.total })
  }
}

function unfinished(): never {
  throw new RequestError('unreachable', 'The server stopped before the replay was done.')
}
