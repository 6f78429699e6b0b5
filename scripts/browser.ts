import { constants } from 'node:fs'
import { access, mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'
import { runChild } from './run-child.ts'

/** What Chromium is started with: quiet, and able to run as root in a container. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const SYSTEM_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const CACHE_DIR = join(import.meta.dirname, '..', '.cache')
const CACHED_PATH = join(CACHE_DIR, 'chromium-path')
const NPM_CHROMIUM = '@sparticuz/chromium@153.0.0'
const INSTALL_TIMEOUT_MS = 300_000

const say = (line: string) => console.error(`browser: ${line}`)

/** The path of a Chromium that starts here: one that is present, else one brought along; rejects when none can be had. */
export async function chromiumPath(): Promise<string> {
  const cached = await readFile(CACHED_PATH, 'utf8').catch(() => '')
  if (cached !== '' && (await isExecutable(cached))) return cached
  const found = (await firstThatStarts(present())) ?? (await installed())
  if (found === null) {
    throw new Error(
      'No Chromium could be found or installed. Install Chromium or Google Chrome and run this again.',
    )
  }
  await mkdir(CACHE_DIR, { recursive: true })
  await writeFile(CACHED_PATH, found)
  return found
}

/** Where a Chromium may already be, best first. */
function present(): string[] {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((dir) => SYSTEM_NAMES.map((name) => join(dir, name)))
  return [chromium.executablePath(), ...onPath, ...SYSTEM_PATHS]
}

async function installed(): Promise<string | null> {
  for (const { what, install } of INSTALLERS) {
    say(`none here yet; trying ${what}`)
    const failure = await install()
    const found = failure === null ? await firstThatStarts(await afterInstall()) : null
    if (found !== null) {
      say(`using ${found}`)
      return found
    }
    say(`${what} did not help: ${failure ?? 'what it brought does not start here'}`)
  }
  return null
}

async function afterInstall(): Promise<string[]> {
  const fromNpm = await npmChromiumPath()
  return fromNpm === null ? present() : [...present(), fromNpm]
}

/** Ways to bring a Chromium; each gives null, or why it could not. */
const INSTALLERS: { what: string; install: () => Promise<string | null> }[] = [
  {
    what: "Playwright's own download",
    install: () => {
      const cli = createRequire(import.meta.url).resolve('@playwright/test/cli')
      return attempt(process.execPath, [cli, 'install', 'chromium'], {
        PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000',
      })
    },
  },
  {
    what: 'apt-get install chromium',
    install: async () => {
      if (process.getuid?.() !== 0) return 'only root may install packages'
      const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
      return (
        (await attempt('apt-get', ['update', '-qq'], quiet)) ??
        (await attempt('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet))
      )
    },
  },
  {
    what: `the npm package ${NPM_CHROMIUM}`,
    install: () =>
      attempt('npm', [
        'install',
        '--prefix',
        join(CACHE_DIR, 'npm-chromium'),
        '--no-save',
        '--loglevel=error',
        NPM_CHROMIUM,
      ]),
  },
]

async function attempt(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<string | null> {
  const { code, output } = await runChild(command, args, {
    env: { ...process.env, ...env },
    timeoutMs: INSTALL_TIMEOUT_MS,
  })
  if (code === 0) return null
  const lines = output.split('\n').map((line) => line.trim())
  return lines.find((line) => /error|E:|fail/i.test(line)) ?? lines.at(-1) ?? `exit code ${code}`
}

/** The package unpacks its binary on demand and answers with its path; null when it is not installed. */
async function npmChromiumPath(): Promise<string | null> {
  const entry = join(CACHE_DIR, 'npm-chromium', 'node_modules', '@sparticuz', 'chromium')
  const code = `import(${JSON.stringify(entry)} + '/build/esm/index.js').then(async (m) => console.log(await m.default.executablePath()))`
  const result = await runChild(process.execPath, ['-e', code])
  return result.code === 0 ? result.output.trim() : null
}

async function firstThatStarts(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    if ((await isExecutable(path)) && (await starts(path))) return path
  }
  return null
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

/** Whether the browser really draws a page: a binary may be there and lack its libraries. */
async function starts(executablePath: string): Promise<boolean> {
  try {
    const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS, timeout: 30_000 })
    try {
      const page = await browser.newPage()
      await page.setContent('<h1>ready</h1>')
      return (await page.textContent('h1')) === 'ready'
    } finally {
      await browser.close()
    }
  } catch (error) {
    say(
      `${executablePath} does not start: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
    )
    return false
  }
}

if (import.meta.main) console.log(await chromiumPath())
