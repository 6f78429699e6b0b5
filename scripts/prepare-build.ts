import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { basePathOf, buildFolderOf } from '#lib/server/base-path.ts'
import { fingerprint } from './fingerprint.ts'
import { runChild } from './run-child.ts'
import { SERVER_FOLDER } from './server-files.ts'

const ROOT = join(import.meta.dirname, '..')
const GENERATED_FROM = join(ROOT, '.cache', 'prisma-generated-from')
const SCHEMA = join('prisma', 'schema.prisma')
/** Files of the root that tools other than the build read. */
const OTHER_TOOLS = /^(eslint|knip|playwright|vitest)\.|\.(md|lock|tsbuildinfo)$|^next-env\.d\.ts$|^\./
/**
 * Makes the database client, the bundle of the server and the production build for a base path (the environment's) fit
 * the sources; says so only when there is work, rejects with the tool's own words.
 */
export async function prepareBuild(basePath = basePathOf(process.env)): Promise<void> {
  await prepareClient()
  const sources = await buildFingerprint()
  const folder = join(ROOT, buildFolderOf(basePath))
  const builtFrom = join(folder, 'built-from')
  const inputs = sources + basePath
  if (!existsSync(join(folder, 'BUILD_ID')) || (await read(builtFrom)) !== inputs) {
    // A build that fails half way must not pass for the one before it.
    await rm(builtFrom, { force: true })
    console.error('Building; this takes about half a minute.')
    const args = [join('node_modules', 'next', 'dist', 'bin', 'next'), 'build']
    await must('The build', args, { SWITCHYARD_BASE_PATH: basePath })
    await write(builtFrom, inputs)
  }
  await prepareServer(sources)
}

/** The server is the same under every base path. */
async function prepareServer(sources: string): Promise<void> {
  const bundledFrom = join(ROOT, SERVER_FOLDER, 'built-from')
  if ((await read(bundledFrom)) === sources) return
  // Loaded only now: most starts have nothing to bundle.
  const { bundleServer } = await import('./bundle-server.ts')
  await bundleServer()
  await write(bundledFrom, sources)
}

/** Generates the database client where the schema changed since the last time. */
export async function prepareClient(): Promise<void> {
  const generator = join('scripts', 'prisma-generate.ts')
  const inputs = await fingerprint(ROOT, [SCHEMA, generator, 'prisma.config.ts', 'package-lock.json'])
  const output = /output\s*=\s*"([^"]+)"/.exec((await read(join(ROOT, SCHEMA))) ?? '')?.[1]
  const isThere = output !== undefined && existsSync(join(ROOT, dirname(SCHEMA), output))
  if (isThere && (await read(GENERATED_FROM)) === inputs) return
  await must('Generating the database client', [generator])
  await write(GENERATED_FROM, inputs)
}

async function buildFingerprint(): Promise<string> {
  const rootFiles = (await readdir(ROOT, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && !OTHER_TOOLS.test(entry.name))
    .map((entry) => entry.name)
  const folders = [
    'app',
    'components',
    'lib',
    'prisma',
    'public',
    'scripts/start.ts',
    'scripts/bundle-server.ts',
  ]
  return fingerprint(
    ROOT,
    [...folders, ...rootFiles],
    (path) => !/\.test\.tsx?$|^prisma\/generated\//.test(path),
  )
}

async function must(what: string, args: readonly string[], env: Record<string, string> = {}): Promise<void> {
  const { code, output } = await node(args, { env })
  if (code !== 0) throw new Error(`${what} failed:\n${output.trim()}`)
}

const node = (args: readonly string[], options: { timeoutMs?: number; env?: Record<string, string> } = {}) =>
  runChild(process.execPath, args, {
    ...options,
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...options.env },
  })

const read = (path: string) => readFile(path, 'utf8').catch(() => null)

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
