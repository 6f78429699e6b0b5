import { format, resolveConfig } from 'prettier'
import { EXCEPTIONS, exceptionsFor } from './licence-policy.ts'
import { type ProductionPackage, productionPackages } from './production-packages.ts'

/** `docs/licences.md` for what the lock file holds. */
export async function licencesDocument(lockFile: string): Promise<string> {
  const packages = productionPackages(lockFile)
  const text = `# Licences

What Switchyard is made of beside its own code, for every platform, and under which licence each package is. What only
tests and tools use is not here. \`npm run licences\` writes this list from \`package-lock.json\`; a test fails when it is
out of date, or when a package has a licence that \`scripts/licence-policy.ts\` does not know.

${packages.length} packages. Those that Switchyard itself names are in **bold**; the others come with them.

## By licence

${table(['licence', 'packages'], countsOf(packages))}

## Looked at one by one

${exceptionList(packages)}

## All

${table(['package', 'version', 'licence'], packages.map(packageRow))}
`
  return format(text, { ...(await resolveConfig(import.meta.filename)), parser: 'markdown' })
}

const NOT_TOLD = 'not told'

const packageRow = ({ name, version, license, isDirect }: ProductionPackage) => [
  isDirect ? `**${name}**` : name,
  version,
  license ?? NOT_TOLD,
]

function countsOf(packages: readonly ProductionPackage[]): string[][] {
  const byLicence = Map.groupBy(packages, ({ license }) => license ?? NOT_TOLD)
  return [...byLicence]
    .map(([license, { length }]) => ({ license, length }))
    .sort((a, b) => b.length - a.length || (a.license < b.license ? -1 : 1))
    .map(({ license, length }) => [license, String(length)])
}

const exceptionList = (packages: readonly ProductionPackage[]) =>
  EXCEPTIONS.map((exception) => {
    const excepted = packages.filter((one) => exceptionsFor(one).includes(exception))
    const names = [...new Set(excepted.map(({ name }) => name))].join(', ')
    return `- **${exception.license ?? NOT_TOLD}**: ${names}. ${exception.why}`
  }).join('\n')

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
