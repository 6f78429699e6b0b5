import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allOperations } from '#lib/server/operations/index.ts'

const ROOT = join(import.meta.dirname, '..')
const DOCUMENTS = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

/** A path in backticks that begins with one of our folders and has no placeholder in it. */
const CITED = /`((?:app|components|lib|prisma|demo|e2e|bench|scripts|docs)\/[\w./[\]-]+)`/g
/** A call in backticks or at an address, with its method where one is named; several calls (`/api/x/*`) are none. */
const CALLED =
  /(?:`(?:(GET|POST|PUT|PATCH|DELETE) )?|https?:\/\/[\w.]+:\d+)(\/api\/[\w./{}-]*[\w}])(?=[`\s?'"])/g
const LINKED = /\]\((?!https?:)([^)#]+)\)/g

/** The words of a path; in a document what stands for an id may be an example of one. */
const matches = (pattern: string, path: string) =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)
const isCall = ({ method, path }: { method: string | null; path: string }) =>
  allOperations.some(([, one]) => (method === null || one.method === method) && matches(one.path, path))

describe.each(DOCUMENTS)('%s', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8')

  it('cites only paths that exist', () => {
    const cited = [...text.matchAll(CITED)].map(([, path]) => path ?? '')
    expect(cited.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  it('names only calls of the contract', () => {
    const called = [...text.matchAll(CALLED)].map(([, method = null, path = '']) => ({ method, path }))
    expect(called.filter((one) => !isCall(one))).toEqual([])
  })

  it('links only to files that exist', () => {
    const linked = [...text.matchAll(LINKED)].map(([, path]) => path ?? '')
    expect(linked.filter((path) => !existsSync(join(ROOT, dirname(document), path)))).toEqual([])
  })
})

describe('the README’s table of variables', () => {
  const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8')
  const namesIn = (text: string, pattern: RegExp) =>
    [...new Set([...text.matchAll(pattern)].map(([, name]) => name ?? ''))].sort()

  it('has every variable that the program reads, and no other', () => {
    const files = ['env.ts', 'identity-provider-env.ts'].map((name) => read('lib', 'server', name))
    const ofProgram = namesIn(files.join('\n'), /^ {2}(PORT|HOST|SWITCHYARD_[A-Z_]+):/gm)
    const rows = read('README.md').match(/^\| `[A-Z].*$/gm) ?? []
    const named = namesIn(rows.join('\n'), /`(PORT|HOST|SWITCHYARD_[A-Z_]+)`/g)
    expect(ofProgram).toContain('SWITCHYARD_OIDC_ISSUER')
    expect(named).toEqual(ofProgram)
  })
})
