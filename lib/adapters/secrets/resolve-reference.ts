import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { readsByFolder } from './reads-by-folder.ts'

/** No key is longer than this. */
const MAX_KEY_LENGTH = 4_096
/** Room for the longest key in UTF-8, and for line breaks after it. */
const MAX_FILE_BYTES = 4 * MAX_KEY_LENGTH

/**
 * What `env:NAME` or `file:PATH` stands for at this moment. Null when the variable is not set or blank, or the file
 * is none, missing, unreadable or blank; a line break at the end is not part of a key. Rejects with `unavailable`, in
 * words, when the disk that the file is on does not answer.
 */
export async function resolveReference(
  reference: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string | null> {
  const [, scheme, place = ''] = /^(env|file):(.+)$/s.exec(reference) ?? []
  if (scheme === 'env') return keyIn(env[place])
  return scheme === 'file' ? keyIn(await textOf(place)) : null
}

/** The threads that read are the process's, and so is who may wait for them. */
const textOf = readsByFolder(readText)

async function readText(path: string): Promise<string | undefined> {
  let file: FileHandle | null = null
  try {
    // A pipe that nobody writes to would hold a thread of the few for ever, and a device has no end.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const found = await file.stat()
    return found.isFile() && found.size <= MAX_FILE_BYTES ? await file.readFile('utf8') : undefined
  } catch {
    return undefined
  } finally {
    await file?.close()
  }
}

function keyIn(text: string | undefined): string | null {
  const key = text?.trim() ?? ''
  return key === '' || key.length > MAX_KEY_LENGTH ? null : key
}
