import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LEAST_ROLE, SCOPE_PERMISSIONS } from '#lib/domain/access/roles.ts'

const ROOT = join(import.meta.dirname, '..')
const text = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8')

/** The cells of each row of a table, by the begin of its header's line. */
function tableOf(header: string): string[][] {
  const lines = text.split('\n')
  const from = lines.findIndex((line) => new RegExp(`^\\|\\s*${header}\\s*\\|`).test(line))
  const rest = lines.slice(from + 2)
  return rest
    .slice(
      0,
      rest.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? '')

describe('the document of security', () => {
  it('tells the roles and purposes that the code has', () => {
    const told = tableOf('permission').map(([permission = '', , role, purposes = '']) => ({
      permission: quoted(permission)[0],
      role,
      purposes: quoted(purposes),
    }))
    const held = Object.entries(LEAST_ROLE).map(([permission, role]) => ({
      permission,
      role,
      purposes: Object.entries(SCOPE_PERMISSIONS)
        .filter(([, permissions]) => (permissions as readonly string[]).includes(permission))
        .map(([scope]) => scope),
    }))
    expect(told).toEqual(held)
  })

  const points = tableOf('point')
  const named = points.flatMap(([point = '', , , held = '']) =>
    [...held.matchAll(/`([^`]+)`: "([^"]+)"/g)].map(([, file = '', title = '']) => ({ point, file, title })),
  )

  it('has many points, each once, and a test for each or why there is none', () => {
    expect(points.length).toBeGreaterThan(50)
    expect(new Set(points.map(([point]) => point)).size).toBe(points.length)
    const unheld = points.filter(([point]) => !named.some((one) => one.point === point))
    expect(unheld.filter(([, , how = '']) => !/^\*\*(No|in part|untested)\*\*/.test(how))).toEqual([])
  })

  it.each(named)('names a test that is there: $point $file "$title"', ({ file, title }) => {
    expect(file).toMatch(/\.(test|spec)\.tsx?$/)
    const path = join(ROOT, file)
    const titles = existsSync(path) ? readFileSync(path, 'utf8') : ''
    expect(["'", '`', '"'].some((quote) => titles.includes(quote + title + quote))).toBe(true)
  })
})
