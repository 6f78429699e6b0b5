import { readFile } from 'node:fs/promises'

/** No key is longer than this. */
const MAX_KEY_LENGTH = 4_096

/**
 * What `env:NAME` or `file:PATH` stands for at this moment. Null when the variable is not set or blank, or the file
 * is missing, unreadable or blank; a line break at the end is not part of a key.
 */
export async function resolveReference(
  reference: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string | null> {
  const [, scheme, place = ''] = /^(env|file):(.+)$/s.exec(reference) ?? []
  if (scheme === 'env') return keyIn(env[place])
  return scheme === 'file' ? keyIn(await textOf(place)) : null
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return undefined
  }
}

function keyIn(text: string | undefined): string | null {
  const key = text?.trim() ?? ''
  return key === '' || key.length > MAX_KEY_LENGTH ? null : key
}
