import net from 'node:net'
import type { Clock } from '#lib/services/ports.ts'

/** Whether the outside can be reached; `unknown` when there is nothing to ask. */
export type EgressState = 'up' | 'down' | 'unknown'

/** Asks the canaries, at most once in `CACHE_MS`; never rejects. */
export type EgressCanary = { state: () => Promise<EgressState> }

const CACHE_MS = 2_000
const PATIENCE_MS = 1_000

/**
 * A canary over `host:port` pairs: up as soon as one of them accepts a connection, down when none does within a
 * second. Pairs that cannot be read are left out.
 */
export function createEgressCanary(hosts: readonly string[], clock: Clock): EgressCanary {
  const targets = hosts.flatMap((text) => parseTarget(text) ?? [])
  let asked: { at: number; answer: Promise<EgressState> } | null = null
  return {
    state: () => {
      if (targets.length === 0) return Promise.resolve('unknown')
      const now = clock.now()
      if (asked === null || now - asked.at >= CACHE_MS) asked = { at: now, answer: ask(targets) }
      return asked.answer
    },
  }
}

type Target = { host: string; port: number }

function parseTarget(text: string): Target | null {
  const url = URL.parse(`tcp://${text.trim()}`)
  if (url === null || url.port === '') return null
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) }
}

async function ask(targets: readonly Target[]): Promise<EgressState> {
  return Promise.any(targets.map(reach)).then(
    () => 'up' as const,
    () => 'down' as const,
  )
}

function reach({ host, port }: Target): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port })
    const timer = setTimeout(() => socket.destroy(new Error('no connection')), PATIENCE_MS)
    socket.once('connect', () => {
      resolve()
      socket.destroy()
    })
    socket.once('error', reject)
    socket.once('close', () => clearTimeout(timer))
  })
}
