// Runs scripts/<command>.ts on the pinned Node, installing the packages first where needed.
// Plain JavaScript on purpose: an old system Node must be able to run this file on a fresh clone.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const BIN = join(ROOT, 'node_modules', '.bin')
const COMMANDS = [
  'demo',
  'start',
  'dev',
  'test',
  'bench',
  'backup',
  'restore',
  'rotate-key',
  'audit-verify',
  'user',
  'interop',
]
// npm and the terminal may each deliver the same Ctrl-C; what comes within this time is one wish, not two.
const SAME_SIGNAL_MS = 400
const NETWORK_TROUBLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network/

/** Why the installed packages are not those of the lock file, in words; null when they are. */
export function installNeeded(root) {
  const wanted = readPackages(join(root, 'package-lock.json'))
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'))
  if (present === null) return 'nothing is installed yet'
  if (!existsSync(join(root, 'node_modules', 'node', 'bin', 'node'))) return 'the pinned Node is missing'
  for (const [path, entry] of Object.entries(wanted || {})) {
    if (path === '') continue
    const there = present[path]
    if (there === undefined ? !entry.optional : there.version !== entry.version) return `${path} changed`
  }
  return null
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}

/** What to tell somebody whose installation failed with this output. */
export function installFailure(output) {
  if (!NETWORK_TROUBLE.test(output)) return 'npm could not install the packages; its own words are above.'
  return [
    'The package registry could not be reached, so the packages could not be installed.',
    'Check the connection, or the proxy and registry in `npm config list`, and run the same command again.',
  ].join('\n')
}

async function install() {
  console.error('Installing packages; the first time this takes a minute or two.')
  // The versions are those of the lock file, which stays as it is. `npm ci` would refuse a lock file that lacks the
  // optional binaries of another platform than the one it was written on.
  // Only `node` needs its install script; the others would look for downloads nobody uses.
  const steps = [
    ['install', '--no-save', '--ignore-scripts', '--loglevel=error', '--no-audit', '--no-fund'],
    ['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'],
  ]
  for (const args of steps) {
    const { code, output } = await npm(args)
    if (code !== 0) {
      console.error(`${output.trim()}\n\n${installFailure(output)}`)
      process.exit(1)
    }
  }
}

/** Runs npm on the Node of the system: the pinned one is not there yet, or is being replaced. */
function npm(args) {
  const path = (process.env.PATH || '')
    .split(delimiter)
    .filter((dir) => !dir.includes('node_modules'))
    .join(delimiter)
  const child = spawn('npm', args, {
    cwd: ROOT,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const interrupt = (signal) => {
    child.kill(signal)
    process.exit(exitCode(null, signal))
  }
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 127, output: `npm: ${error.message}` }))
    child.on('close', (code) => {
      process.off('SIGINT', interrupt)
      process.off('SIGTERM', interrupt)
      resolve({ code, output })
    })
  })
}

const exitCode = (code, signal) => (code === null ? 128 + (constants.signals[signal] || 0) : code)

/**
 * How Node runs a process that runs for months. V8 by itself lets garbage grow to three times what is alive; two
 * fifths of it are enough, and scale with the fleet. A small young generation and one malloc arena do the rest; malloc
 * by itself comes to keep up to twice the largest piece it ever saw, and gives back above two megabytes instead.
 */
const FRUGAL = {
  flags: ['--max-semi-space-size=8', '--heap-growing-percent=40'],
  env: { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '2097152', MALLOC_TRIM_THRESHOLD_: '2097152' },
}
/** Builds and tests are short and may take what they want; files kept as compiled make their many processes quicker. */
const QUICK = { flags: [], env: { NODE_COMPILE_CACHE: join(ROOT, '.cache', 'node') } }
const PLAIN = { flags: [], env: {} }

/** What a command is on the pinned Node: the files that are run one after another, each as it is best run. */
function stepsOf(command) {
  const script = (manner) => [{ file: join('scripts', `${command}.ts`), ...manner }]
  if (command === 'dev') return script(PLAIN)
  if (command === 'test') return script(QUICK)
  if (command !== 'start') return script({ ...FRUGAL, env: { ...FRUGAL.env, ...QUICK.env } })
  return [
    { file: join('scripts', 'prepare.ts'), ...QUICK },
    // A bundle, so that nothing that compiles, or was compiled before, stays in its memory.
    { file: join('.cache', 'server', 'start.js'), ...FRUGAL },
  ]
}

/**
 * Runs the files one after another, as long as they end well, each in a session of its own, so that every signal reaches
 * it through here, once. Its channel to this process tells it when this one dies without a word.
 */
async function run(steps, args) {
  let child = null
  let firstAt = null
  const stop = (signal) => {
    const now = Date.now()
    if (firstAt !== null && now - firstAt < SAME_SIGNAL_MS) return
    if (firstAt === null) {
      firstAt = now
      child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal)
      return
    }
    // The second wish: the whole group at once, its children included.
    killGroup(child.pid)
    process.exit(exitCode(null, signal))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
  followNpm(stop)
  for (const [i, step] of steps.entries()) {
    child = spawnStep(step, args)
    const code = await ended(child)
    if (code !== 0 || firstAt !== null || i === steps.length - 1) process.exit(code)
  }
}

const FOLLOW = pathToFileURL(join(ROOT, 'scripts', 'follow-parent.mjs')).href

function spawnStep({ file, flags, env }, args) {
  const child = spawn(join(BIN, 'node'), [...flags, '--import', FOLLOW, join(ROOT, file), ...args], {
    cwd: ROOT,
    env: { ...env, ...process.env, PATH: [BIN, process.env.PATH || ''].join(delimiter) },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: true,
  })
  child.on('error', (error) => {
    console.error(`Could not start the pinned Node: ${error.message}`)
    process.exit(1)
  })
  return child
}

const ended = (child) =>
  new Promise((resolve) => child.once('exit', (code, signal) => resolve(exitCode(code, signal))))

/** A killed npm leaves this process behind without a signal; its parent's id is the only thing that changes. */
function followNpm(stop) {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    stop('SIGTERM')
  }, 1000)
  timer.unref()
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

async function main() {
  const [command, ...args] = process.argv.slice(2)
  if (!COMMANDS.includes(command)) {
    console.error(`Usage: node scripts/bootstrap.mjs ${COMMANDS.join('|')} [options]`)
    process.exit(2)
  }
  if (installNeeded(ROOT) !== null) await install()
  await run(stepsOf(command), args)
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await main()
