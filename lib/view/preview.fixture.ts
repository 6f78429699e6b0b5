import type {
  GhostTransition,
  ProviderPreview,
  Replayed,
  ReplayFigures,
  SettingsPreview,
} from '#lib/contract/preview.ts'

const NO_CALLS = { failuresAvoided: 0, failuresLetThrough: 0, goodCallsRefused: 0, goodCallsPassed: 0 }

/** Figures of a quiet range with some of them changed. */
export const figures = (some: Partial<ReplayFigures> = {}): ReplayFigures => ({
  ...NO_CALLS,
  traffic: NO_CALLS,
  openings: 0,
  openMs: 0,
  modelOpenings: 0,
  modelOpenMs: 0,
  outages: 0,
  outagesDetected: 0,
  meanTimeToDetectMs: null,
  ...some,
})

/** What one set of thresholds did: these figures and transitions, closed at first. */
export const replayed = (
  some: Partial<ReplayFigures> = {},
  transitions: readonly GhostTransition[] = [],
): Replayed => ({
  figures: figures(some),
  initial: [{ model: null, state: 'closed' }],
  transitions: [...transitions],
  truncated: false,
})

/** A circuit's change at that second after the epoch. */
export const ghost = (
  second: number,
  to: GhostTransition['to'],
  some: Partial<GhostTransition> = {},
): GhostTransition => ({
  model: null,
  at: new Date(second * 1_000).toISOString(),
  from: { open: 'closed', half_open: 'open', closed: 'half_open' }[to] as GhostTransition['from'],
  to,
  cause: (
    { open: 'consecutive_failures', half_open: 'recovery_timeout', closed: 'trial_succeeded' } as const
  )[to],
  generation: 1,
  retryAt: null,
  evidence: { calls: 5, failures: 5, slow: 0, consecutiveFailures: 5 },
  ...some,
})

/** One provider's part, with 100 exact outcomes. */
export const provider = (
  providerId: string,
  { draft = replayed(), inForce = replayed(), outcomes = 100 } = {},
): ProviderPreview => ({
  providerId,
  draft,
  inForce,
  outages: [],
  exactness: {
    outcomes,
    approximate: 0,
    share: 1,
    recordedFrom: outcomes === 0 ? null : new Date(0).toISOString(),
  },
})

/** A preview of the first hour after the epoch. */
export const previewOf = (...providers: ProviderPreview[]): SettingsPreview => ({
  from: new Date(0).toISOString(),
  to: new Date(3_600_000).toISOString(),
  version: 3,
  total: {
    draft: figures(),
    inForce: figures(),
    exactness: { outcomes: 100, approximate: 0, share: 1, recordedFrom: new Date(0).toISOString() },
  },
  providers,
})
