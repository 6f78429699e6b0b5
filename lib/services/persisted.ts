import type { Engine } from './engine.ts'

/** How long an operator's answer waits for the disk. */
export const PERSIST_WAIT_MS = 500

/** Whether `written` is done before the operator has waited long enough; what takes longer goes on behind. */
export const isPersisted = ({ wait }: Pick<Engine, 'wait'>, written: Promise<void>): Promise<boolean> =>
  Promise.race([written.then(() => true), wait(PERSIST_WAIT_MS).then(() => false)])
