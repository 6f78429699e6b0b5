import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { BASE_PATH } from '#e2e/base-path.ts'
import { chromiumPath } from './browser.ts'
import { prepareBuild, prepareClient } from './prepare-build.ts'
import { runChild } from './run-child.ts'
import { lastLine, type Tally, tallyOfExit, tallyOfPlaywright, tallyOfVitest } from './tally.ts'

const ROOT = join(import.meta.dirname, '..')
const REPORTS = join(ROOT, '.cache', 'test')
const bin = (name: string) => join(ROOT, 'node_modules', '.bin', name)

type Step = { name: string; run: (filters: readonly string[]) => Promise<Tally> }

const tool = (name: string, ...commands: [command: string, ...args: string[]][]): Step => ({
  name,
  run: async () => {
    for (const [command, ...args] of commands) {
      const { code, output } = await runChild(bin(command), args, { cwd: ROOT })
      if (code !== 0) {
        console.log(output.trim())
        return tallyOfExit(code)
      }
    }
    return tallyOfExit(0)
  },
})

const preparation = (name: string, prepare: () => Promise<unknown>): Step => ({
  name,
  run: async () => {
    try {
      await prepare()
      return tallyOfExit(0)
    } catch (error) {
      console.log(error instanceof Error ? error.message : error)
      return tallyOfExit(1)
    }
  },
})

const unit: Step = {
  name: 'unit',
  run: async (filters) => {
    const report = await freshReport('vitest.json')
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters]
    const { code } = await runChild(bin('vitest'), args, { cwd: ROOT, output: 'show' })
    return tallyOfVitest(code, await readJson(report))
  },
}

const e2e: Step = {
  name: 'e2e',
  run: async (filters) => {
    const report = await freshReport('playwright.json')
    const { code } = await runChild(bin('playwright'), ['test', '--reporter=list,json', ...filters], {
      cwd: ROOT,
      output: 'show',
      env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    })
    return tallyOfPlaywright(code, await readJson(report))
  },
}

/** Each group's steps run at the same time: about two, for two cores. A red step never hides a later one. */
const GROUPS: readonly Step[][] = [
  [preparation('client', prepareClient)],
  [preparation('build', () => prepareBuild('')), preparation('browser', chromiumPath)],
  // The other build is for one journey, and lint is as slow.
  [
    preparation('sub-path', () => prepareBuild(BASE_PATH)),
    tool('format', ['prettier', '--check', '--log-level=warn', '.']),
    tool('lint', ['eslint', '.', '--max-warnings', '0']),
  ],
  [tool('types', ['next', 'typegen'], ['tsc', '--noEmit']), tool('knip', ['knip'])],
  [unit],
  [e2e],
]
const NAMES = GROUPS.flat().map((step) => step.name)

async function freshReport(name: string): Promise<string> {
  await mkdir(REPORTS, { recursive: true })
  const path = join(REPORTS, name)
  await rm(path, { force: true })
  return path
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => 'null')
  return JSON.parse(text)
}

async function timed(step: Step, filters: readonly string[]): Promise<Tally> {
  const startedAt = performance.now()
  const tally = await step.run(filters)
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  const note = tally.note === null ? '' : ` (${tally.note})`
  console.log(`${tally.failed === 0 ? '✓' : '✗'} ${step.name}: ${lastLine([tally])}${note}, ${seconds} s`)
  return tally
}

function chosen(): { only: readonly string[]; filters: readonly string[] } {
  const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true })
  const only = values.only?.split(',') ?? NAMES
  const unknown = only.filter((name) => !NAMES.includes(name))
  if (unknown.length > 0) {
    console.error(`There is no step ${unknown.join(', ')}. Steps: ${NAMES.join(', ')}`)
    process.exit(2)
  }
  return { only, filters: positionals }
}

const { only, filters } = chosen()
const tallies: Tally[] = []
for (const group of GROUPS) {
  const steps = group.filter((step) => only.includes(step.name))
  tallies.push(...(await Promise.all(steps.map((step) => timed(step, filters)))))
}
console.log(`\n${lastLine(tallies)}`)
process.exitCode = tallies.some((tally) => tally.failed > 0) ? 1 : 0
