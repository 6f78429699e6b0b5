import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { dirname, join as joinPosix } from 'node:path/posix'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

/** Each room, and the rooms it may import from besides itself. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'lib/domain': [],
  'lib/contract': ['lib/domain'],
  'lib/view': ['lib/domain', 'lib/contract'],
  'lib/services': ['lib/domain', 'lib/contract'],
  'lib/adapters': ['lib/domain', 'lib/contract', 'lib/services', 'prisma'],
  'lib/gateway': ['lib/domain', 'lib/contract', 'lib/services'],
  // The version it tells is the package's.
  'lib/server': ['lib/domain', 'lib/contract', 'lib/services', 'lib/adapters', 'lib/gateway', 'package.json'],
  'lib/client': ['lib/domain', 'lib/contract', 'lib/view'],
  components: ['lib/domain', 'lib/contract', 'lib/view', 'lib/client'],
  app: ['components', 'lib/domain', 'lib/contract', 'lib/view', 'lib/services', 'lib/server', 'lib/client'],
  demo: ['lib/contract'],
}

/** Folders around the product: they may look into it, nothing of it may look out at them. */
const OUTSIDE: readonly string[] = ['prisma', 'scripts', 'e2e', 'bench', 'docs', 'examples']

/** What a file of the project's root may import: instrumentation starts the server, tools use scripts. */
const ROOT_MAY: readonly string[] = ['lib/server', 'scripts']

/** The only packages a room may name; rooms not listed may name any. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'lib/domain': [],
  'lib/contract': ['zod'],
  'lib/view': [],
  'lib/services': [],
}

/** Rooms that a browser loads, or that must not know what runs them. */
const WITHOUT_NODE: readonly string[] = [
  'lib/domain',
  'lib/contract',
  'lib/view',
  'lib/services',
  'lib/client',
  'components',
]

/** Rooms in which time and chance are arguments. */
const TIMELESS: readonly string[] = ['lib/domain', 'lib/contract', 'lib/view', 'lib/services', 'lib/gateway']

const ROOT = join(import.meta.dirname, '..')
const SKIPPED = new Set(['node_modules', 'generated', 'test-results', 'playwright-report', 'coverage'])
const isSource = (name: string) => /\.(tsx?|mts|cts|mjs|cjs|jsx?)$/.test(name) && !name.endsWith('.d.ts')
const isTest = (path: string) => /\.(test|contract|fixture)\.tsx?$/.test(path)
const isIn = (path: string, room: string) => path.startsWith(`${room}/`)
const roomOf = (path: string) => Object.keys(ROOMS).find((room) => isIn(path, room)) ?? null

type Source = { path: string; text: string }
type Edge = { from: string; to: string | null; specifier: string }

/** Every source file of the project, tests aside. */
function sources(folder = ''): Source[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = joinPosix(folder, entry.name)
    // The program's own data is in the root; a page about it is not.
    if (path === 'data') return []
    if (entry.isDirectory()) return SKIPPED.has(entry.name) || entry.name.startsWith('.') ? [] : sources(path)
    return isSource(entry.name) && !isTest(path) && path !== 'next-env.d.ts'
      ? [{ path, text: readFileSync(join(ROOT, path), 'utf8') }]
      : []
  })
}

/** Everything a file imports, in whatever way: static, for types, dynamic, re-exported, required, or as `import('x').T`. */
function edgesOf({ path, text }: Source): Edge[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName: specifier }) => {
    const isRelative = specifier.startsWith('.')
    const isAlias = specifier.startsWith('#')
    const to = isAlias ? specifier.slice(1) : isRelative ? joinPosix(dirname(path), specifier) : null
    return { from: path, to, specifier }
  })
}

function wrongEdges(files: readonly Source[]): string[] {
  return files
    .flatMap(edgesOf)
    .filter(({ from, to }) => to !== null && !mayImport(from, to))
    .map(({ from, specifier }) => `${from} → ${specifier}`)
}

function mayImport(from: string, to: string): boolean {
  const room = roomOf(from)
  if (room !== null)
    return [room, ...(ROOMS[room] ?? [])].some((allowed) => to === allowed || isIn(to, allowed))
  const isRootFile = !from.includes('/')
  return isRootFile ? !to.includes('/') || ROOT_MAY.some((allowed) => isIn(to, allowed)) : true
}

function wrongPackages(files: readonly Source[]): string[] {
  return files
    .flatMap(edgesOf)
    .filter(({ from, to, specifier }) => to === null && !mayName(roomOf(from), specifier))
    .map(({ from, specifier }) => `${from} → ${specifier}`)
}

function mayName(room: string | null, specifier: string): boolean {
  if (room === null) return true
  const isBuiltin = specifier.startsWith('node:') || builtinModules.includes(specifier.split('/')[0] ?? '')
  if (isBuiltin) return !WITHOUT_NODE.includes(room)
  return PACKAGES[room]?.includes(specifier) ?? true
}

function homeless(files: readonly Source[]): string[] {
  return files
    .map(({ path }) => path)
    .filter(
      (path) => path.includes('/') && roomOf(path) === null && !OUTSIDE.some((folder) => isIn(path, folder)),
    )
}

const CLOCKS_AND_DICE =
  /^(Date\.now|Math\.random|performance\.\w+|process\..+|crypto\.\w+|setTimeout|setInterval|setImmediate|queueMicrotask|fetch|Date)$/

/** Where a file reads the time, waits, throws dice or reaches for the world without having been handed it. */
function impurities({ path, text }: Source): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const isNow =
      ts.isNewExpression(node) && (node.arguments?.length ?? 0) === 0 && node.expression.getText() === 'Date'
    const isCall =
      ts.isCallExpression(node) &&
      CLOCKS_AND_DICE.test(node.expression.getText().replace(/^globalThis\./, ''))
    // Handing the function itself on is the same as calling it.
    const isHandedOn =
      ts.isPropertyAccessExpression(node) && /^(Date\.now|Math\.random|process\.\w+)$/.test(node.getText())
    if (isNow || isCall || isHandedOn) found.push(`${path}: ${node.getText().slice(0, 60)}`)
    else ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

const impure = (files: readonly Source[]) =>
  files.filter(({ path }) => TIMELESS.some((room) => isIn(path, room))).flatMap(impurities)

describe('the rooms of the house', () => {
  const files = sources()

  it.each(Object.keys(ROOMS))('%s is furnished, so that this test is looking at something', (room) => {
    expect(files.some(({ path }) => isIn(path, room))).toBe(true)
  })

  it('has every file in a room', () => {
    expect(homeless(files)).toEqual([])
  })

  it('imports only what the table allows', () => {
    expect(wrongEdges(files)).toEqual([])
  })

  it('keeps packages and Node out of the inner rooms', () => {
    expect(wrongPackages(files)).toEqual([])
  })

  it('keeps time and chance out of the inner rooms, except as arguments', () => {
    expect(impure(files)).toEqual([])
  })
})

describe('this test itself', () => {
  const file = (path: string, text: string): Source[] => [{ path, text }]

  it.each([
    ['statically', "import { a } from '#lib/server/log.ts'"],
    ['for a type', "import type { A } from '#lib/server/log.ts'"],
    ['for its effects', "import '#lib/server/log.ts'"],
    ['dynamically', "const a = await import('#lib/server/log.ts')"],
    ['by re-export', "export * from '#lib/server/log.ts'"],
    ['by re-export of a type', "export type { A } from '#lib/server/log.ts'"],
    ['as an import type', "type A = import('#lib/server/log.ts').A"],
    ['by require', "const a = require('#lib/server/log.ts')"],
    ['by a relative path', "import { a } from '../server/log.ts'"],
    ['after a template with an expression', "const t = `${'`'}`\nimport { a } from '../server/log.ts'"],
  ])('sees an import made %s', (_how, text) => {
    expect(wrongEdges(file('lib/domain/a.ts', text))).toHaveLength(1)
  })

  it.each([
    ['a comment', "// import { a } from '#lib/server/log.ts'"],
    ['a string', 'const a = "import b from \'#lib/server/log.ts\'"'],
    ['an allowed room', "import { a } from '#lib/domain/b.ts'\nimport { b } from './c.ts'"],
  ])('is not misled by %s', (_what, text) => {
    expect(wrongEdges(file('lib/contract/a.ts', text))).toEqual([])
  })

  it.each([
    ['components', "import { a } from '#lib/services/engine.ts'"],
    ['app', "import { a } from '../lib/adapters/prisma/worker.ts'"],
    ['lib/server', "import { a } from '#lib/view/a.ts'"],
    ['lib/services', "import { a } from '#lib/adapters/http/a.ts'"],
    ['lib/gateway', "import { a } from '#lib/adapters/http/a.ts'"],
    ['lib/client', "import { a } from '#components/ui/button.tsx'"],
    ['lib/adapters', "import { a } from '#demo/fleet.ts'"],
    ['demo', "import { a } from '#lib/domain/circuit.ts'"],
  ])('holds %s to its row', (room, text) => {
    expect(wrongEdges(file(`${room}/deep/a.ts`, text.replace("'../lib", "'../../lib")))).toHaveLength(1)
  })

  it.each([
    ['lib/domain', "import { z } from 'zod'", 1],
    ['lib/domain', "import { readFileSync } from 'fs'", 1],
    ['lib/contract', "import { z } from 'zod'", 0],
    ['lib/contract', "import { inspect } from 'node:util'", 1],
    ['lib/view', "import { format } from 'date-fns'", 1],
    ['lib/services', "import { randomUUID } from 'node:crypto'", 1],
    ['components', "import fs from 'fs/promises'", 1],
    ['lib/adapters', "import { request } from 'undici'", 0],
  ])('knows what %s may name: %s', (room, text, count) => {
    expect(wrongPackages(file(`${room}/a.ts`, text))).toHaveLength(count)
  })

  it.each([
    ['const a = Date.now()', 1],
    ['const a = globalThis.Date.now()', 1],
    ['const a = new Date()', 1],
    ['const a = new Date', 1],
    ['const a = Date()', 1],
    ['const a = Math.random()', 1],
    ['const a = (clock = Date.now) => clock()', 1],
    ['const a = performance.now()', 1],
    ['setTimeout(() => {}, 1)', 1],
    ["await fetch('http://localhost')", 1],
    ['const a = process.env.HOME', 1],
    ['const a = crypto.randomUUID()', 1],
    ['const a = new Date(at).toISOString()', 0],
    ['const a = clock.now() + random()', 0],
    ['// Date.now() is for others', 0],
    ["const a = 'Date.now()'", 0],
  ])('knows time and chance when it sees them: %s', (text, count) => {
    expect(impure(file('lib/services/a.ts', text))).toHaveLength(count)
  })

  it('knows a file without a room', () => {
    expect(homeless(file('lib/stray.ts', ''))).toEqual(['lib/stray.ts'])
    expect(homeless(file('hooks/use-stray.ts', ''))).toEqual(['hooks/use-stray.ts'])
    expect(homeless(file('instrumentation.ts', ''))).toEqual([])
  })
})
