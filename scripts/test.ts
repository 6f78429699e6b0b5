import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { BASE_PATH } from '#e2e/base-path.ts'
import { chromiumPath } from './browser.ts'
import { runInLanes } from './lanes.ts'
import { prepareBuild, prepareClient } from './prepare-build.ts'
import { readArguments } from './read-arguments.ts'
import { runChild } from './run-child.ts'
import {
  lastLine,
  type Tally,
  tallyOfExit,
  tallyOfOutput,
  tallyOfPlaywright,
  tallyOfVitest,
} from './tally.ts'

const ROOT = join(import.meta.dirname, '..')
const REPORTS = join(ROOT, '.cache', 'test')
const bin = (name: string) => join(ROOT, 'node_modules', '.bin', name)

/** How a step went; `words` is what it has to say, which is printed in one piece with its result. */
type Outcome = { tally: Tally; words?: string }
type Step = { name: string; run: (filters: readonly string[]) => Promise<Outcome> }

const tool = (name: string, ...commands: [command: string, ...args: string[]][]): Step => ({
  name,
  run: async () => {
    for (const [command, ...args] of commands) {
      const { code, output } = await runChild(bin(command), args, { cwd: ROOT })
      if (code !== 0) return { tally: tallyOfExit(code), words: output.trim() }
    }
    return { tally: tallyOfExit(0) }
  },
})

const preparation = (name: string, prepare: () => Promise<unknown>): Step => ({
  name,
  run: async () => {
    try {
      await prepare()
      return { tally: tallyOfExit(0) }
    } catch (error) {
      return { tally: tallyOfExit(1), words: error instanceof Error ? error.message : String(error) }
    }
  },
})

const unit: Step = {
  name: 'unit',
  run: async (filters) => {
    const report = await freshReport('vitest.json')
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters]
    const { code } = await runChild(bin('vitest'), args, { cwd: ROOT, output: 'show' })
    return { tally: tallyOfVitest(code, await readJson(report)) }
  },
}

/** The journeys that `which` leaves over, in Chromium. */
const inChromium = (name: string, which: readonly string[]): Step => ({
  name,
  run: async (filters) => {
    const report = await freshReport(`${name}.json`)
    const { code } = await runChild(
      bin('playwright'),
      ['test', '--reporter=list,json', ...which, ...filters],
      {
        cwd: ROOT,
        output: 'show',
        env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
      },
    )
    return { tally: tallyOfPlaywright(code, await readJson(report)) }
  },
})

/** What Prometheus and Alertmanager of Debian make of us. */
const interop: Step = {
  name: 'interop',
  run: async () => {
    const script = join(import.meta.dirname, 'interop.ts')
    const { code, output } = await runChild(process.execPath, [script], { cwd: ROOT })
    return { tally: tallyOfOutput(code, output), words: output.trim() }
  },
}

/** For two cores. */
const LANES = 2

/** What goes over every page, or needs other programs, and takes minutes: `--all` adds it, as `.ci/run` does. */
const WIDE = ['sub-path', 'wide', 'interop']

/**
 * A group begins when the one before it has ended; its own steps run in as many lanes as there are cores, so the
 * longest come first. A red step never hides a later one.
 */
const GROUPS: readonly Step[][] = [
  [preparation('client', prepareClient)],
  [preparation('build', () => prepareBuild('')), preparation('browser', chromiumPath)],
  [
    tool('lint', ['eslint', '.', '--max-warnings', '0']),
    tool('types', ['next', 'typegen'], ['tsc', '--noEmit']),
    tool('format', ['prettier', '--check', '--log-level=warn', '.']),
    tool('knip', ['knip']),
    // For one journey of the wide ones.
    preparation('sub-path', () => prepareBuild(BASE_PATH)),
    // Last, though it is long: it fills both cores, one of which would else wait until lint has ended.
    unit,
  ],
  [inChromium('e2e', ['--grep-invert', '@wide'])],
  [inChromium('wide', ['--grep', '@wide'])],
  [interop],
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
  const { tally, words } = await step.run(filters)
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  const note = tally.note === null ? '' : ` (${tally.note})`
  const result = `${tally.failed === 0 ? '✓' : '✗'} ${step.name}: ${lastLine([tally])}${note}, ${seconds} s`
  console.log(words === undefined ? result : `${words}\n${result}`)
  return tally
}

function chosen(): { only: readonly string[]; filters: readonly string[] } {
  const { values, positionals } = readArguments(
    {
      options: { only: { type: 'string' }, all: { type: 'boolean', default: false } },
      allowPositionals: true,
    },
    'Usage: npm test -- [--all] [--only STEP,…] [FILTER…]',
  )
  const usual = values.all ? NAMES : NAMES.filter((name) => !WIDE.includes(name))
  const only = values.only?.split(',') ?? usual
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
  tallies.push(...(await runInLanes(LANES, steps, (step) => timed(step, filters))))
}
console.log(`\n${lastLine(tallies)}`)
process.exitCode = tallies.some((tally) => tally.failed > 0) ? 1 : 0
