/** How long an operator's answer waits for the disk. */
export const PERSIST_WAIT_MS = 500

/** Whether `written` is done within `waitMs`; what takes longer goes on behind. */
export function isPersisted(written: Promise<void>, waitMs = PERSIST_WAIT_MS): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), waitMs)
  void written.then(() => {
    clearTimeout(timer)
    resolve(true)
  })
  return promise
}
