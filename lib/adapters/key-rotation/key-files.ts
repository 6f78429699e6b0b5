import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { keepAside, syncFile } from '../prisma/database-files.ts'
import type { KeyFiles } from './key-places.ts'

/** Writes the next key beside the current one; returns when it is on the disk, whole. */
export function writeNextKey({ next }: KeyFiles, key: Buffer) {
  const unfinished = `${next}-unfinished`
  rmSync(unfinished, { force: true })
  writeFileSync(unfinished, `${key.toString('hex')}\n`, { flag: 'wx', mode: 0o600, flush: true })
  renameSync(unfinished, next)
  syncFile(dirname(next))
}

/** Keeps the current key, if it is there, as the old one. May be done again. */
export function keepOldKey({ current, old }: KeyFiles) {
  if (!existsSync(current)) return
  keepAside(current, old)
  syncFile(dirname(old))
}

/** Puts the next key in the place of the current one, in one step. */
export function putNextKeyInPlace({ current, next }: KeyFiles) {
  renameSync(next, current)
  syncFile(dirname(current))
}
