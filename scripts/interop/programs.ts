import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { runChild } from '../run-child.ts'

const CACHE = join(import.meta.dirname, '..', '..', '.cache', 'interop')
const UNPACKED = join(CACHE, 'root')
/** Of Debian and what is made of it. */
const PACKAGES = ['prometheus', 'prometheus-alertmanager'] as const
const LIMIT_MS = 300_000

/** Other people's programs that Switchyard must get on with, each as the path of its file. */
export type Programs = { prometheus: string; promtool: string; alertmanager: string; amtool: string }

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
    amtool: at('amtool'),
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
        `There is no ${tool} here: these checks take Prometheus and Alertmanager from Debian's packages. Run them on Debian or Ubuntu.`,
      )
  }
  const folder = join(CACHE, 'packages')
  await mkdir(folder, { recursive: true })
  await download(folder)
  for (const file of await readdir(folder)) {
    if (file.endsWith('.deb')) await must('dpkg-deb', ['-x', join(folder, file), UNPACKED])
  }
}

/** By the lists that the machine has; where they are missing or too old, by lists of our own. */
async function download(folder: string): Promise<void> {
  if ((await apt(folder, ['download', ...PACKAGES])).code === 0) return
  const own = await ownLists()
  await must('apt-get', [...own, 'update', '-qq'])
  await must('apt-get', [...own, 'download', '-qq', ...PACKAGES], folder)
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
