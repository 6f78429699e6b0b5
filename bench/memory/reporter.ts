import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'

/** A gateway that reports `--rate` outcomes a second, `--batch` a call, at an even pace, until it is told to stop. */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: '' },
    rate: { type: 'string', default: '10000' },
    batch: { type: 'string', default: '100' },
    providers: { type: 'string', default: '20' },
  },
})
const batch = Number(values.batch)
const gapMs = (1_000 * batch) / Number(values.rate)
const providers = Number(values.providers)
const MODELS = 4

let accepted = 0
let refused = 0
const stopped = new AbortController()

const outcome = () => {
  const provider = `bench-${String(Math.floor(Math.random() * providers)).padStart(4, '0')}`
  const fails = Math.random() < 0.01
  return {
    providerId: provider,
    model: `model-${Math.floor(Math.random() * MODELS)}`,
    httpStatus: fails ? 503 : 200,
    latencyMs:
      Math.round(Math.exp(6 + 0.8 * (Math.random() + Math.random() + Math.random() - 1.5)) * 10) / 10,
  }
}

async function send(): Promise<void> {
  const body = JSON.stringify(Array.from({ length: batch }, outcome))
  const response = await fetch(`${values.url}/api/outcomes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  await response.arrayBuffer()
  if (response.ok) accepted += batch
  else refused += batch
}

process.on('message', (message) => {
  if (message === 'count') process.send?.({ accepted, refused })
  if (message === 'stop') stopped.abort()
})
console.log('ready')

const startedAt = performance.now()
for (let sent = 0; !stopped.signal.aborted; sent += 1) {
  const waitMs = startedAt + sent * gapMs - performance.now()
  if (waitMs > 1) await pause(waitMs)
  void send().catch(() => (refused += batch))
}
process.disconnect()
