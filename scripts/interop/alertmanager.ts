import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '#bench/free-port.ts'
import type { Programs } from './programs.ts'
import { type RunningProgram, startProgram } from './start-program.ts'

/** An Alertmanager of its own that keeps what it is told to itself. */
export async function startAlertmanager(
  { alertmanager, alertmanagerHome }: Programs,
  folder: string,
): Promise<RunningProgram> {
  const port = await freePort()
  const config = join(folder, 'alertmanager.yml')
  await writeFile(config, JSON.stringify({ route: { receiver: 'nobody' }, receivers: [{ name: 'nobody' }] }))
  return startProgram({
    command: alertmanager,
    cwd: alertmanagerHome,
    args: [
      `--config.file=${config}`,
      `--storage.path=${join(folder, 'alertmanager')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      // Alone: it looks for no others.
      '--cluster.listen-address=',
      '--log.level=warn',
    ],
    url: `http://127.0.0.1:${port}`,
    readyPath: '/-/ready',
  })
}
