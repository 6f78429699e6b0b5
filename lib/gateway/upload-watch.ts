import type { GatewayLimits } from './limits.ts'
import type { RestWatch } from './read-body.ts'

/** Who is told how the rest of a body fares. */
type UploadOwner = { now: () => number; onEnd: () => void; onBroken: () => void }

/** Watches a body that is sent to a provider while it is still on its way in. */
export class UploadWatch implements RestWatch {
  /** Since when the provider waits for more of it, fleet time. */
  private waitingSince: number | null = null
  private startedAt: number | null = null
  private readonly owner: UploadOwner

  constructor(owner: UploadOwner) {
    this.owner = owner
  }

  /** Whether the provider waits for its client. */
  get isWaiting(): boolean {
    return this.waitingSince !== null
  }

  begin(): void {
    this.startedAt = this.owner.now()
  }

  onWaiting(): void {
    this.waitingSince = this.owner.now()
  }

  onPiece(): void {
    this.waitingSince = null
  }

  onEnd(): void {
    this.waitingSince = null
    this.startedAt = null
    this.owner.onEnd()
  }

  onBroken(): void {
    this.owner.onBroken()
  }

  /** What is wrong with a client that stopped sending, or sends for ever; null: nothing. */
  complaint(now: number, { uploadStallMs, uploadMs }: GatewayLimits): string | null {
    if (this.waitingSince !== null && now - this.waitingSince >= uploadStallMs)
      return `The body stood still for ${uploadStallMs / 1_000} s.`
    if (this.startedAt !== null && now - this.startedAt >= uploadMs)
      return `The body was not there after ${uploadMs / 1_000} s.`
    return null
  }
}
