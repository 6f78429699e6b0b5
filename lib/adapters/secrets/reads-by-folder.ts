import { dirname } from 'node:path'
import { AppError } from '#lib/domain/errors.ts'

/** How long whoever wants a file's text waits for it. */
const WAIT_MS = 1_000
/** So many folders may be stuck at a time: each holds a thread, and there are four for files and names together. */
const MAX_STUCK = 2
/** The wait is counted in so many parts, of which a process that was held up itself misses one at most. */
const PARTS = 4

type Read<Text> = (path: string) => Promise<Text>

/**
 * Reads files so that a disk that does not answer, such as a share on the network, holds up neither those who ask nor the
 * threads that all files and names are read by: one read at a time in a folder, the same one for all who want the same
 * file. Rejects with `unavailable` when a read takes longer than `waitMs`, and until it ends at once.
 */
export function readsByFolder<Text>(read: Read<Text>, waitMs = WAIT_MS): Read<Text> {
  const readings = new Map<string, Promise<Text>>()
  const lines = new Map<string, Promise<unknown>>()
  const stuck = new Set<string>()

  function begin(path: string, folder: string): Promise<Text> {
    const before = lines.get(folder) ?? Promise.resolve()
    const reading = before.then(() => read(path))
    const over: Promise<unknown> = reading
      .catch(() => undefined)
      .finally(() => {
        readings.delete(path)
        stuck.delete(folder)
        if (lines.get(folder) === over) lines.delete(folder)
      })
    readings.set(path, reading)
    lines.set(folder, over)
    return reading
  }

  return (path) => {
    const folder = dirname(path)
    if (stuck.has(folder)) return Promise.reject(unanswered())
    if (stuck.size >= MAX_STUCK) return Promise.reject(tooManyStuck())
    const reading = readings.get(path) ?? begin(path, folder)
    const { promise: late, reject } = Promise.withResolvers<never>()
    let left = PARTS
    const timer = setInterval(() => {
      left -= 1
      if (left > 0) return
      stuck.add(folder)
      reject(unanswered())
    }, waitMs / PARTS)
    return Promise.race([reading, late]).finally(() => clearInterval(timer))
  }
}

const unanswered = () => new AppError('unavailable', 'the disk it is on does not answer')
const tooManyStuck = () => new AppError('unavailable', 'other files of keys are on disks that do not answer')
