import { DEFAULT_REQUEST_TIMEOUT_MS } from '#lib/contract/route.ts'

/** What the gateway allows its clients and providers, in ms and bytes. */
export type GatewayLimits = {
  /** The whole request where its route does not say. */
  requestMs: number
  /** How long connecting to a provider may take. */
  connectMs: number
  /** How long an upload may stand still, and how long it may take in all. */
  uploadStallMs: number
  uploadMs: number
  /** How long a client may leave an answer unread. */
  clientStallMs: number
  /** How long a provider may keep a connection open after the answer was complete. */
  afterEndMs: number
  /** Up to this a request is kept, so that it can be sent again. */
  replayBytes: number
  /** A body whose model has not come by then is refused. */
  searchBytes: number
  /** Up to this a request's grammar is checked, and an answer is held back until it is whole. */
  holdBytes: number
  /** Of an event that is not whole so much is held back. */
  holdFrameBytes: number
}

export const DEFAULT_LIMITS: GatewayLimits = {
  requestMs: DEFAULT_REQUEST_TIMEOUT_MS,
  connectMs: 5_000,
  uploadStallMs: 15_000,
  uploadMs: 300_000,
  clientStallMs: 60_000,
  afterEndMs: 1_000,
  replayBytes: 10_485_760,
  searchBytes: 67_108_864,
  holdBytes: 262_144,
  holdFrameBytes: 65_536,
}

/** How often deadlines are looked at: one timer serves every request. */
export const SWEEP_MS = 25
