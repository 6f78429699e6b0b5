import { monitorEventLoopDelay } from 'node:perf_hooks'

/**
 * Loaded into the console's process by `--import`: on the message `begin` it starts to measure, on `end` it answers
 * with what it saw since. Nothing of it is in the product.
 */
export type ProcessFigures = { loopDelayP99Ms: number; cpuMs: number; rssMiB: number }

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
      rssMiB: process.memoryUsage.rss() / 2 ** 20,
    } satisfies ProcessFigures)
  }
})
process.channel?.unref()
