import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Loaded into the console's process by `--import`: on the message `begin` it starts to measure, on `end` it answers
 * with what it saw since, on `memory` with what is held once the garbage is gone (`process-figures.ts`). Nothing of it is
 * in the product. JavaScript, since what strips types would stay in the memory that is measured.
 */
const loop = monitorEventLoopDelay({ resolution: 1 })
let cpu = process.cpuUsage()

process.on('message', (message) => {
  if (message === 'begin') {
    loop.reset()
    loop.enable()
    cpu = process.cpuUsage()
  }
  if (message === 'end') {
    loop.disable()
    const used = process.cpuUsage(cpu)
    process.send?.({
      loopDelayP99Ms: loop.percentile(99) / 1e6,
      cpuMs: (used.user + used.system) / 1_000,
      rssMB: process.memoryUsage.rss() / 1e6,
    })
  }
  if (message === 'memory') void sendMemory()
})

async function sendMemory() {
  // Finalizers run between collections, and what they let go of goes with the next.
  for (let round = 0; round < 4; round += 1) {
    globalThis.gc?.()
    await delay(250)
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  process.send?.({ rssBytes: rss, heapBytes: heapUsed, externalBytes: external })
}

process.channel?.unref()
