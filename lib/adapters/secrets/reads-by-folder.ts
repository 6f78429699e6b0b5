import { dirname } from 'node:path'
import { AppError } from '#lib/domain/errors.ts'

/** How long whoever wants a file's text waits for it. */
const WAIT_MS = 1_000
/** So many folders may be stuck at a time: each holds a thread, and there are four for files and names together. */
const MAX_STUCK = 3
/** From so many on, the other folders are read one after another, so that no more than one of them gets stuck at once. */
const MANY_STUCK = 2
/** Where they then stand in line; no folder has this name. */
const COMMON_LINE = ''
/** The wait is counted in so many parts, of which a process that was held up itself misses one at most. */
const PARTS = 4

type Read<Text> = (path: string) => Promise<Text>
type Reading<Text> = { text: Promise<Text>; hasBegun: boolean }

/**
 * Reads files so that a disk that does not answer, such as a share on the network, holds up neither those who ask nor the
 * threads that all files and names are read by: one read at a time in a folder, the same one for all who want the same
 * file. Rejects with `unavailable` when a read takes longer than `waitMs`, and until it ends at once.
 */
export function readsByFolder<Text>(read: Read<Text>, waitMs = WAIT_MS): Read<Text> {
  const readings = new Map<string, Reading<Text>>()
  const lines = new Map<string, Promise<unknown>>()
  const stuck = new Set<string>()

  function begin(path: string, folder: string): Reading<Text> {
    const line = stuck.size < MANY_STUCK ? folder : COMMON_LINE
    const before = lines.get(line) ?? Promise.resolve()
    const text = before.then(() => {
      reading.hasBegun = true
      return read(path)
    })
    const reading = { text, hasBegun: false }
    const over: Promise<unknown> = text
      .catch(() => undefined)
      .finally(() => {
        readings.delete(path)
        stuck.delete(folder)
        if (lines.get(line) === over) lines.delete(line)
      })
    readings.set(path, reading)
    lines.set(line, over)
    return reading
  }

  const refusal = (folder: string) => (stuck.has(folder) ? unanswered() : tooManyStuck())

  return (path) => {
    const folder = dirname(path)
    if (stuck.has(folder) || stuck.size >= MAX_STUCK) return Promise.reject(refusal(folder))
    const reading = readings.get(path) ?? begin(path, folder)
    const { promise: late, reject } = Promise.withResolvers<never>()
    let left = PARTS
    const timer = setInterval(() => {
      left -= 1
      if (left > 0) return
      if (reading.hasBegun) stuck.add(folder)
      reject(refusal(folder))
    }, waitMs / PARTS)
    return Promise.race([reading.text, late]).finally(() => clearInterval(timer))
  }
}

const unanswered = () => new AppError('unavailable', 'the disk it is on does not answer')
const tooManyStuck = () => new AppError('unavailable', 'other files of keys are on disks that do not answer')
