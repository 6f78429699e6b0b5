import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { freePort } from '#bench/free-port.ts'
import { until } from './checks.ts'
import type { Programs } from './programs.ts'

/** A mail server on this machine, and the mails that it has taken. */
export type MailServer = { port: number; mails: () => Promise<string[]>; stop: () => Promise<void> }

/** Starts Debian's msmtpd, which hands each mail to a command: here to one that puts it into a folder. */
export async function startMailServer({ msmtpd, libraries }: Programs, folder: string): Promise<MailServer> {
  const spool = join(folder, 'mails')
  await mkdir(spool)
  const port = await freePort()
  const command = `/bin/sh -c 'cat > "$0/$$.part" && mv "$0/$$.part" "$0/$$.mail"' ${spool}`
  const child = spawn(msmtpd, ['--interface=127.0.0.1', `--port=${port}`, `--command=${command}`], {
    env: { ...process.env, LD_LIBRARY_PATH: libraries },
    stdio: 'ignore',
  })
  process.once('exit', () => child.kill('SIGKILL'))
  await until(() => isListening(port), Boolean)
  return { port, mails: () => mailsIn(spool), stop: () => end(child) }
}

function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
  }).finally(() => socket.destroy()) as Promise<boolean>
}

async function mailsIn(spool: string): Promise<string[]> {
  if (!existsSync(spool)) return []
  const names = (await readdir(spool)).filter((name) => name.endsWith('.mail'))
  return Promise.all(names.map((name) => readFile(join(spool, name), 'utf8')))
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
