import { z } from 'zod'

const names = z.record(z.string(), z.string()).optional()

const packageSchema = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  dependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().optional() })).optional(),
})

const lockSchema = z.object({ packages: z.record(z.string(), packageSchema) })

type Locked = z.infer<typeof packageSchema>

/** A package that the product is made of; `license` is what its author wrote, null for nothing. */
export type ProductionPackage = { name: string; version: string; license: string | null; isDirect: boolean }

/**
 * What is reached from the project's own dependencies by way of what they need, those for other platforms too, by name
 * and version. The lock file is asked and not what is installed, so that every machine finds the same.
 */
export function productionPackages(lockFile: string): ProductionPackage[] {
  const { packages } = lockSchema.parse(JSON.parse(lockFile))
  const own = packages['']?.dependencies ?? {}
  const seen = new Set([''])
  const found = new Map<string, ProductionPackage>()
  for (const path of seen) {
    const locked = packages[path] ?? {}
    const name = path.slice(path.lastIndexOf(FOLDER) + FOLDER.length)
    const { version = 'no version', license = null } = locked
    found.set(`${name} ${version}`, {
      name,
      version,
      license,
      isDirect: path === FOLDER + name && name in own,
    })
    for (const needed of needsOf(locked)) {
      const place = resolved(packages, path, needed)
      if (place !== null) seen.add(place)
    }
  }
  return [...found.entries()]
    .filter(([, { name }]) => name !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => one)
}

const FOLDER = 'node_modules/'

/** An optional peer is for who has it anyway. */
function needsOf({ dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta }: Locked) {
  const peers = Object.keys(peerDependencies ?? {}).filter(
    (name) => peerDependenciesMeta?.[name]?.optional !== true,
  )
  return [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]
}

/** Where Node finds the package: in the folder of who needs it, or in the next one outwards. */
function resolved(packages: Record<string, unknown>, from: string, name: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf(FOLDER) - 1))) {
    const path = `${folder === '' ? '' : `${folder}/`}${FOLDER}${name}`
    if (path in packages) return path
    if (folder === '') return null
  }
}
