import type { ProviderResult } from '#lib/domain/replay/provider-replay.ts'
import type { Replayer, ReplayQuery } from '#lib/services/ports.ts'

/** Replays that are taken on bit by bit by somebody else: so several go on side by side, and each can be given up. */
export type StepwiseReplays = {
  open: (query: ReplayQuery) => Promise<number>
  /** The share that is done. */
  step: (id: number) => Promise<number>
  finish: (id: number) => Promise<ProviderResult>
  drop: (id: number) => Promise<void>
}

/** A replayer that takes such replays step by step to their end. */
export const replayBySteps = (replays: StepwiseReplays): Replayer => ({
  replay: async (query, { signal, onProgress }) => {
    const id = await replays.open(query)
    try {
      for (let share = 0; share < 1;) {
        signal.throwIfAborted()
        share = await replays.step(id)
        onProgress(share)
      }
      return await replays.finish(id)
    } catch (error) {
      await replays.drop(id)
      throw error
    }
  },
})
