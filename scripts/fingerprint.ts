import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** One hash over the names and contents of these files and folders (whole trees); missing ones count as empty. */
export async function fingerprint(
  root: string,
  paths: readonly string[],
  counts: (path: string) => boolean = () => true,
): Promise<string> {
  const files = (await Promise.all(paths.map((path) => filesIn(join(root, path))))).flat()
  const names = files.map((file) => relative(root, file)).filter(counts)
  const hash = createHash('sha256')
  for (const name of [...new Set(names)].toSorted()) {
    const content = await readFile(join(root, name))
    hash.update(`${name}\0${content.byteLength}\0`).update(content)
  }
  return hash.digest('hex')
}

async function filesIn(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOTDIR') return [path]
    if (code === 'ENOENT') return []
    throw error
  }
}
