import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { runChild } from '../run-child.ts'

const CACHE = join(import.meta.dirname, '..', '..', '.cache', 'interop')
const UNPACKED = join(CACHE, 'root')
/** Where Debian's Alertmanager looks for its own templates, whatever its configuration says. */
const TEMPLATES = '/usr/share/prometheus/alertmanager'
/** Of Debian and what is made of it. */
const PACKAGES = [
  'prometheus',
  'prometheus-alertmanager',
  // A mail server that needs no root, and the libraries that a bare system has not.
  'msmtp-mta',
  'msmtp',
  'libsecret-1-0',
  'libgcrypt20',
  'libgpg-error0',
] as const
/** The name of another of those libraries differs between Debian 12 and 13. */
const GLIB_NAMES = ['libglib2.0-0', 'libglib2.0-0t64'] as const
const LIMIT_MS = 300_000

const LIBRARY_FOLDERS: { readonly [arch: string]: string } = {
  x64: 'x86_64-linux-gnu',
  arm64: 'aarch64-linux-gnu',
}

/** Other people's programs that Switchyard must get on with, each as the path of its file. */
export type Programs = {
  prometheus: string
  promtool: string
  alertmanager: string
  /** The folder in which Alertmanager must be started to find its templates. */
  alertmanagerHome: string
  /** A mail server, and where the libraries that it needs are. */
  msmtpd: string
  libraries: string
}

/**
 * The programs from Debian's packages, which are fetched once and unpacked into `.cache/interop`: nothing is installed
 * on the machine, and nobody needs to be root. Rejects with what is missing where that cannot be done.
 */
export async function debianPrograms(): Promise<Programs> {
  const at = (name: string) => join(UNPACKED, 'usr', 'bin', name)
  const programs: Programs = {
    prometheus: at('prometheus'),
    promtool: at('promtool'),
    alertmanager: at('prometheus-alertmanager'),
    alertmanagerHome: join(UNPACKED, dirname(TEMPLATES)),
    msmtpd: at('msmtpd'),
    libraries: join(UNPACKED, 'usr', 'lib', LIBRARY_FOLDERS[process.arch] ?? ''),
  }
  const areThere = () => Object.values(programs).every((path) => existsSync(path))
  if (!areThere()) await fetchPackages()
  if (!areThere()) throw new Error(`The packages ${PACKAGES.join(' and ')} hold other programs than before.`)
  return programs
}

async function fetchPackages(): Promise<void> {
  for (const tool of ['apt-get', 'dpkg-deb']) {
    const { code } = await runChild(tool, ['--version'])
    if (code !== 0)
      throw new Error(
        `There is no ${tool} here: these checks take Prometheus, Alertmanager and a mail server from Debian's packages. Run them on Debian or Ubuntu.`,
      )
  }
  const folder = join(CACHE, 'packages')
  await mkdir(folder, { recursive: true })
  await download(folder)
  // Half of it must not pass for all of it.
  const part = `${UNPACKED}.part`
  await rm(part, { recursive: true, force: true })
  for (const file of await readdir(folder)) {
    if (file.endsWith('.deb')) await must('dpkg-deb', ['-x', join(folder, file), part])
  }
  await relocate(join(part, 'usr', 'bin', 'prometheus-alertmanager'))
  await rm(UNPACKED, { recursive: true, force: true })
  await rename(part, UNPACKED)
}

/**
 * Lets Alertmanager look for its templates from the folder that it is started in. The path is a constant of the program,
 * so that another one must be of the same length.
 */
async function relocate(file: string): Promise<void> {
  const here = basename(TEMPLATES)
  const program = (await readFile(file)).toString('latin1')
  const moved = here + '/.'.repeat((TEMPLATES.length - here.length) / 2)
  if (moved.length !== TEMPLATES.length) throw new Error(`${TEMPLATES} cannot be moved in the program.`)
  await writeFile(file, program.replaceAll(TEMPLATES, moved), 'latin1')
}

/** By the lists that the machine has; where they are missing or too old, by lists of our own. */
async function download(folder: string): Promise<void> {
  for (const glib of GLIB_NAMES) if ((await apt(folder, ['download', ...PACKAGES, glib])).code === 0) return
  const own = await ownLists()
  await must('apt-get', [...own, 'update', '-qq'])
  const [usual, other] = GLIB_NAMES
  if ((await apt(folder, [...own, 'download', ...PACKAGES, usual])).code === 0) return
  await must('apt-get', [...own, 'download', '-qq', ...PACKAGES, other], folder)
}

/** Options by which apt keeps its lists in our cache, where anybody may write. */
async function ownLists(): Promise<string[]> {
  const state = join(CACHE, 'apt')
  await mkdir(join(state, 'lists', 'partial'), { recursive: true })
  await mkdir(join(state, 'cache', 'archives', 'partial'), { recursive: true })
  const options = {
    'Dir::State::lists': join(state, 'lists'),
    'Dir::Cache': join(state, 'cache'),
    'APT::Sandbox::User': '',
  }
  return Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])
}

const apt = (cwd: string, args: readonly string[]) =>
  runChild('apt-get', ['-qq', ...args], { cwd, timeoutMs: LIMIT_MS })

async function must(command: string, args: readonly string[], cwd?: string): Promise<void> {
  const { code, output } = await runChild(command, args, {
    timeoutMs: LIMIT_MS,
    ...(cwd === undefined ? {} : { cwd }),
  })
  if (code !== 0) throw new Error(`${command} failed: ${output.trim()}`)
}
