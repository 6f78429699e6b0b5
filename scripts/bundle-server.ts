import { globSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Plugin, rolldown } from 'rolldown'
import { SERVER_FOLDER } from './server-files.ts'

const ROOT = join(import.meta.dirname, '..')
const DATABASE = 'lib/adapters/prisma'
const COMPILER_FILE = 'query-compiler.wasm'

/** Native code, which cannot be bundled. */
const NATIVE = ['libsql', 'libsql/promise']

/**
 * Bundles the production console, and each thread of its database, into files of JavaScript. The console takes packages
 * from where they are, since Next's pages take the same; a thread has all it needs in its bundle, and no more.
 */
export async function bundleServer(dir = join(ROOT, SERVER_FOLDER)): Promise<void> {
  await rm(dir, { recursive: true, force: true })
  await bundle(dir, { start: join(ROOT, 'scripts', 'start.ts') }, isPackage)
  await bundleThreads(dir)
}

/** Bundles the threads of the database alone, and its process. */
export async function bundleThreads(dir: string): Promise<void> {
  const threads = globSync(`${DATABASE}/{*-worker,data-process}.ts`, { cwd: ROOT })
  const entries = threads.map((file) => [file.slice(DATABASE.length + 1, -'.ts'.length), join(ROOT, file)])
  await bundle(dir, Object.fromEntries(entries) as Record<string, string>, (id) => NATIVE.includes(id))
}

async function bundle(
  dir: string,
  input: Record<string, string>,
  external: (id: string) => boolean,
): Promise<void> {
  const build = await rolldown({
    cwd: ROOT,
    platform: 'node',
    input,
    external,
    // The client for files alone; the other one also brings those for servers elsewhere.
    resolve: { alias: { '@libsql/client': '@libsql/client/sqlite3' } },
    plugins: [routeTable(), compilerFile(), forgetfulDebug(), inAscii()],
    onLog: (level, log) => {
      if (level === 'warn') throw new Error(`The bundle is not sound: ${log.message}`)
    },
  })
  await build.write({ dir, format: 'esm', chunkFileNames: '[name]-[hash].js' })
  await build.close()
}

const isPackage = (id: string) => !/^[./#\0]/.test(id)

/** A bundle cannot load what it is told the name of at run time, so it has all routes in a table. */
function routeTable(): Plugin {
  const folder = join(ROOT, 'app', 'api')
  return {
    name: 'route-table',
    load: (id) => {
      if (id !== join(folder, 'load-route.ts')) return null
      const files = globSync('**/route.ts', { cwd: folder }).toSorted()
      const imports = files.map(
        (file, i) => `import * as route${i} from ${JSON.stringify(join(folder, file))}`,
      )
      const rows = files.map((file, i) => `${JSON.stringify(dirname(file))}: route${i},`)
      return [
        ...imports,
        `const routes = {${rows.join('\n')}}`,
        'export const loadRoute = (folder) => Promise.resolve(routes[folder])',
      ].join('\n')
    },
  }
}

/**
 * Prisma's query compiler as bytes in a file, in place of a module with a string of them: each thread would keep the
 * string twice.
 */
function compilerFile(): Plugin {
  return {
    name: 'compiler-file',
    async load(id) {
      if (!/query_compiler_\w+\.sqlite\.wasm-base64\.mjs$/.test(id)) return null
      const { wasm } = (await import(id)) as { wasm: string }
      this.emitFile({ type: 'asset', fileName: COMPILER_FILE, source: Buffer.from(wasm, 'base64') })
      return `import { readFileSync } from 'node:fs'
        // What is asked for it makes a buffer of it, which takes the value of an object that has one.
        export const wasm = { valueOf: () => readFileSync(new URL(${JSON.stringify(COMPILER_FILE)}, import.meta.url)) }`
    },
  }
}

/**
 * Prisma keeps the last hundred things it would have logged for a report that nobody asks for, statements with all their
 * parameters among them: some megabytes in each thread. Here it keeps none.
 */
function forgetfulDebug(): Plugin {
  const kept = 'var MAX_ARGS_HISTORY = 100;'
  return {
    name: 'forgetful-debug',
    transform(code, id) {
      if (!/@prisma\/debug\/dist\/index\.m?js$/.test(id)) return null
      if (!code.includes(kept)) throw new Error(`${id} keeps its history in another way than it did`)
      return code.replace(kept, 'var MAX_ARGS_HISTORY = 0;')
    },
  }
}

/** One letter beyond Latin-1 anywhere in a file doubles what its whole text takes as long as the process lives. */
function inAscii(): Plugin {
  const escaped = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
  return {
    name: 'in-ascii',
    generateBundle(_options, files) {
      for (const file of Object.values(files)) {
        if (file.type !== 'chunk') continue
        if (/\\[^\0-\x7f]/.test(file.code))
          throw new Error(`${file.fileName} has a letter that a backslash stands before`)
        file.code = file.code.replaceAll(/[^\0-\x7f]/g, escaped)
      }
    },
  }
}
