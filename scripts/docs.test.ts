import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

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
const LINKED = /\]\((?!https?:)([^)#]+)\)/g

describe.each(DOCUMENTS)('%s', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8')

  it('cites only paths that exist', () => {
    const cited = [...text.matchAll(CITED)].map(([, path]) => path ?? '')
    expect(cited.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  it('links only to files that exist', () => {
    const linked = [...text.matchAll(LINKED)].map(([, path]) => path ?? '')
    expect(linked.filter((path) => !existsSync(join(ROOT, dirname(document), path)))).toEqual([])
  })
})
