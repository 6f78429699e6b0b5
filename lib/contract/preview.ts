import { z } from 'zod'
import { CIRCUIT_STATES, TRANSITION_CAUSES } from '#lib/domain/circuit.ts'
import { problemSchema } from './monitor.ts'
import { settingsSchema } from './settings.ts'

const time = z.iso.datetime()
const DAY_MS = 86_400_000

/** How far back outcomes are kept for replay, ms. */
export const REPLAY_KEPT_MS = 30 * DAY_MS

const moment = z.iso
  .datetime({ offset: true, error: 'an ISO time such as 2026-01-31T12:00:00Z' })
  .meta({ description: 'ISO-8601 time.', examples: ['2026-01-31T12:00:00Z'] })

const rangeShape = {
  from: moment,
  to: moment,
  /** Only this provider; without it all. */
  providerId: z.string().max(200).optional(),
}

const isForwards = ({ from, to }: { from: string; to: string }) => Date.parse(to) > Date.parse(from)
const isKept = ({ from, to }: { from: string; to: string }) =>
  Date.parse(to) - Date.parse(from) <= REPLAY_KEPT_MS
const FORWARDS = { path: ['to'], error: 'later than from' }
const KEPT = { path: ['from'], error: 'at most 30 days before to' }

/** What a preview is asked: the settings as they would be, and the recorded time to try them on. */
export const previewSettingsSchema = z
  .strictObject({ settings: settingsSchema, ...rangeShape })
  .refine(isForwards, FORWARDS)
  .refine(isKept, KEPT)
export type PreviewSettings = z.infer<typeof previewSettingsSchema>

/** What "suggest" is asked: which recorded time to try combinations of thresholds on. */
export const suggestSettingsSchema = z
  .strictObject({
    /** What the combinations are laid over; without it the settings in force. */
    settings: settingsSchema.optional(),
    ...rangeShape,
  })
  .refine(isForwards, FORWARDS)
  .refine(isKept, KEPT)
export type SuggestSettings = z.infer<typeof suggestSettingsSchema>

const count = z.int().min(0)

/**
 * Recorded calls as these thresholds would have dealt with them. A check stands for a request at its moment, because
 * it is made in any state; traffic that was refused at the time is unknown, since nobody knows how it would have ended.
 */
export const callFiguresSchema = z.object({
  /** Failed calls that an open circuit would have kept away. */
  failuresAvoided: count,
  failuresLetThrough: count,
  /** Good calls that an open circuit would have refused: the price. */
  goodCallsRefused: count,
  goodCallsPassed: count,
})

/** What one set of thresholds does in a range. */
export const replayFiguresSchema = callFiguresSchema.extend({
  /** The part of these calls that was real traffic. */
  traffic: callFiguresSchema,
  /** How often the provider's own circuit opened, and for how long it was open. */
  openings: count,
  openMs: z.number(),
  /** The same for its models' circuits, all together. */
  modelOpenings: count,
  modelOpenMs: z.number(),
  outages: count,
  outagesDetected: count,
  /** From an outage's first failure until its circuit opened, over those detected; null when there were none. */
  meanTimeToDetectMs: z.number().nullable(),
})
export type ReplayFigures = z.infer<typeof replayFiguresSchema>

/** A change of state that these thresholds would have made: a ghost beside what really happened. */
export const ghostTransitionSchema = z.object({
  model: z.string().nullable(),
  at: time,
  from: z.enum(CIRCUIT_STATES),
  to: z.enum(CIRCUIT_STATES),
  cause: z.enum(TRANSITION_CAUSES),
  generation: z.int(),
  retryAt: time.nullable(),
  evidence: z.object({ calls: count, failures: count, slow: count, consecutiveFailures: count }),
})
export type GhostTransition = z.infer<typeof ghostTransitionSchema>

/** One provider under one set of thresholds. */
export const replayedSchema = z.object({
  figures: replayFiguresSchema,
  /** In which state each circuit, the provider's own first, was at the beginning of the range. */
  initial: z.array(z.object({ model: z.string().nullable(), state: z.enum(CIRCUIT_STATES) })),
  /** In order. */
  transitions: z.array(ghostTransitionSchema),
  /** Whether there were more transitions than are listed. */
  truncated: z.boolean(),
})
export type Replayed = z.infer<typeof replayedSchema>

/** A stretch in which calls failed, whatever the thresholds: from the first of three failures in a row until three successes in a row. */
export const recordedOutageSchema = z.object({
  /** The model whose circuit is concerned; null: the provider's own. */
  model: z.string().nullable(),
  from: time,
  /** Null when it went on beyond the range. */
  to: time.nullable(),
  failures: count,
  /** From its first failure until the circuit opened; null when it did not. */
  detectedAfterMs: z.object({ draft: z.number().nullable(), inForce: z.number().nullable() }),
})

/** How much of what is replayed was recorded call by call. */
export const exactnessSchema = z.object({
  outcomes: count,
  /** Those of them that were only counted by the second, because there were too many. */
  approximate: count,
  /** The share that is exact, 0 to 1; 1 when there is nothing. */
  share: z.number(),
  /** From where there are records; null without any. */
  recordedFrom: time.nullable(),
})
export type Exactness = z.infer<typeof exactnessSchema>

/** One provider's part of a preview. */
export const providerPreviewSchema = z.object({
  providerId: z.string(),
  draft: replayedSchema,
  inForce: replayedSchema,
  outages: z.array(recordedOutageSchema),
  exactness: exactnessSchema,
})
export type ProviderPreview = z.infer<typeof providerPreviewSchema>

/** What the settings would have done, next to those that are in force now; both on the same records. */
export const settingsPreviewSchema = z.object({
  from: time,
  to: time,
  /** The version in force that the draft is compared with. */
  version: z.int(),
  /** Over all providers. */
  total: z.object({ draft: replayFiguresSchema, inForce: replayFiguresSchema, exactness: exactnessSchema }),
  providers: z.array(providerPreviewSchema),
})
export type SettingsPreview = z.infer<typeof settingsPreviewSchema>

const progressSchema = z.object({
  type: z.literal('progress'),
  /** Of `total` pieces of work, how many are done. */
  done: count,
  total: count,
})
const failedSchema = z.object({ type: z.literal('problem'), problem: problemSchema })

/** A line of a preview asked for as `application/x-ndjson`: providers as they are done, the whole at the end. */
export const previewLineSchema = z.discriminatedUnion('type', [
  progressSchema,
  z.object({ type: z.literal('provider'), provider: providerPreviewSchema }),
  z.object({ type: z.literal('preview'), preview: settingsPreviewSchema }),
  failedSchema,
])
export type PreviewLine = z.infer<typeof previewLineSchema>

/** The thresholds that "suggest" tries; the others stay as they are. */
export const triedThresholdsSchema = z.object({
  failureThreshold: z.int(),
  failureRate: z.number(),
  window: z.string(),
  recoveryTimeout: z.string(),
})
export type TriedThresholds = z.infer<typeof triedThresholdsSchema>

/** One combination of thresholds and what it would have done. */
export const suggestionSchema = z.object({
  thresholds: triedThresholdsSchema,
  figures: replayFiguresSchema,
  /** Whether these are the thresholds it started from. */
  isStart: z.boolean(),
  /** Whether no other combination lets fewer failures through without refusing more good calls, or the other way round. */
  onFrontier: z.boolean(),
})
export type Suggestion = z.infer<typeof suggestionSchema>

/** All combinations that were tried. The one to suggest depends on what a refused good call weighs: see `bestSuggestion`. */
export const settingsSuggestionSchema = z.object({
  from: time,
  to: time,
  /** By failures let through, then by good calls refused. */
  tried: z.array(suggestionSchema),
  exactness: exactnessSchema,
})
export type SettingsSuggestion = z.infer<typeof settingsSuggestionSchema>

/** A line of a suggestion asked for as `application/x-ndjson`. */
export const suggestLineSchema = z.discriminatedUnion('type', [
  progressSchema,
  z.object({ type: z.literal('suggestion'), suggestion: settingsSuggestionSchema }),
  failedSchema,
])
export type SuggestLine = z.infer<typeof suggestLineSchema>

/**
 * The combination with the least cost when a refused good call weighs `refusedWeight` (0 to 1) and a failure let
 * through the rest; among equals the start, then the one with fewer openings. Null when nothing was tried.
 */
export function bestSuggestion(tried: readonly Suggestion[], refusedWeight: number): Suggestion | null {
  const cost = ({ figures }: Suggestion) =>
    (1 - refusedWeight) * figures.failuresLetThrough + refusedWeight * figures.goodCallsRefused
  const ordered = tried.toSorted(
    (a, b) =>
      cost(a) - cost(b) ||
      Number(b.isStart) - Number(a.isStart) ||
      a.figures.openings - b.figures.openings ||
      a.figures.modelOpenings - b.figures.modelOpenings,
  )
  return ordered[0] ?? null
}
