import { join } from 'node:path'
import { ESLint, Linter } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'

const RULES = ['no-restricted-syntax', 'no-restricted-imports']
const eslint = new ESLint({ cwd: join(import.meta.dirname, '..') })
const linter = new Linter()

/** What lint says of `code` in a file of the console, about what no file may write or import; without types, which take a minute. */
async function complaints(code: string, path = 'components/ui/button-link.tsx'): Promise<string[]> {
  const { rules } = (await eslint.calculateConfigForFile(path)) as { rules: Linter.RulesRecord }
  const parserOptions = { ecmaFeatures: { jsx: true } }
  const messages = linter.verify(code, {
    files: ['**'],
    languageOptions: { parser: tseslint.parser, parserOptions },
    rules: Object.fromEntries(RULES.map((name) => [name, rules[name] ?? 'off'])),
  })
  return messages.map(({ message }) => message)
}

describe('lint', () => {
  it.each([
    'export const a = <p dangerouslySetInnerHTML={{ __html: name }} />',
    "export const a = createElement('p', { dangerouslySetInnerHTML: { __html: name } })",
    'element.innerHTML = name',
    "element.insertAdjacentHTML('beforeend', name)",
    'document.write(name)',
  ])('keeps text from becoming markup: %s', async (code) => {
    expect(await complaints(code)).toEqual([expect.stringContaining('Text stays text')])
  })

  it.each([
    'redirect(target)',
    'permanentRedirect(`/${target}`)',
    'export const a = () => Response.redirect(target)',
    'export const a = () => NextResponse.redirect(new URL(target))',
    'window.location = target',
    'location.href = target',
    'window.location.href = target',
    'location.assign(target)',
    'window.location.replace(target)',
  ])('keeps requests from naming where they lead: %s', async (code) => {
    expect(await complaints(code)).toHaveLength(1)
  })

  it.each(['names.sort((a, b) => a.localeCompare(b))', "const order = new Intl.Collator('de')"])(
    'keeps names in one order: %s',
    async (code) => {
      expect(await complaints(code)).toEqual([expect.stringContaining('compareNames')])
    },
  )

  it.each(['@hookform/resolvers', '@hookform/resolvers/zod'])(
    'keeps what is wrong with a form in one place’s words: %s',
    async (name) => {
      const code = `import { zodResolver } from '${name}'`
      for (const path of ['components/profile/password-panel.tsx', 'app/page.tsx', 'lib/client/drafts.ts'])
        expect(await complaints(code, path), path).toEqual([expect.stringContaining('schemaResolver')])
    },
  )

  it('keeps a second SQLite out of the process', async () => {
    const code = "import { DatabaseSync } from 'node:sqlite'"
    for (const path of ['lib/server/runtime.ts', 'components/ui/schema-resolver.ts'])
      expect(await complaints(code, path), path).toEqual([expect.stringContaining('Two copies of SQLite')])
  })

  it.each([
    ["import { zodResolver } from '@hookform/resolvers/zod'", 'components/ui/schema-resolver.ts'],
    ["import { DatabaseSync } from 'node:sqlite'", 'lib/adapters/prisma/verify-audit.ts'],
    ["redirect('/settings/providers')", 'app/settings/page.tsx'],
    ['export const a = <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />', 'app/layout.tsx'],
    ["router.push('/circuits')", 'components/ui/button-link.tsx'],
    ['link.href = address', 'lib/client/save-file.ts'],
    ["text.replace('a', 'b')", 'lib/client/save-file.ts'],
    ["const collator = new Intl.Collator('en')", 'lib/domain/name-order.ts'],
  ])('allows %s in %s', async (code, path) => {
    expect(await complaints(code, path)).toEqual([])
  })

  it('allows the layout its script, and no redirect', async () => {
    expect(await complaints('redirect(target)', 'app/layout.tsx')).toHaveLength(1)
  })
})
