import type { Family, Sample } from '#lib/services/metrics/family.ts'
import { seconds } from '#lib/services/metrics/family.ts'
import type { Runtime } from '../runtime.ts'

/** One series without labels. */
const alone = (value: number): Sample[] => [{ labels: {}, value }]

type Plain = { name: string; help: string; read: (runtime: Runtime) => number }

const gauge = ({ read, ...family }: Plain): Family<Runtime> => ({
  ...family,
  type: 'gauge',
  labels: [],
  read: (runtime) => alone(read(runtime)),
})

/** `eventLoop` as labels write it: `event_loop`. */
const lowerCase = (name: string) => name.replaceAll(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)

/** This process itself, under the names that Prometheus' clients agree on where there are such names. */
export const PROCESS_FAMILIES: readonly Family<Runtime>[] = [
  {
    name: 'switchyard_build_info',
    help: 'Which Switchyard this is, and the Node it runs on; always 1.',
    type: 'gauge',
    labels: ['version', 'node'],
    read: ({ version }) => [{ labels: { version, node: process.versions.node }, value: 1 }],
  },
  {
    name: 'switchyard_self_healthy',
    help: 'Whether a part of Switchyard itself is well: 1, or 0 while it is impaired; no series where it is off.',
    type: 'gauge',
    labels: ['part'],
    read: ({ selfHealth }) =>
      Object.entries(selfHealth().checks).flatMap(([part, state]) =>
        state === 'off' ? [] : [{ labels: { part: lowerCase(part) }, value: Number(state === 'ok') }],
      ),
  },
  gauge({
    name: 'switchyard_live_clients',
    help: 'Browsers and others that follow the live stream.',
    read: ({ hub }) => hub.clients(),
  }),
  {
    name: 'switchyard_event_loop_delay_seconds',
    help: 'How late a timer of the event loop came that is set 20 times a second.',
    type: 'histogram',
    labels: [],
    read: ({ loop }) => [{ labels: {}, buckets: loop.delays.read() }],
  },
  {
    name: 'process_cpu_seconds_total',
    help: 'Seconds of user and system time that the process has used.',
    type: 'counter',
    labels: [],
    read: () => {
      const { user, system } = process.cpuUsage()
      return alone((user + system) / 1_000_000)
    },
  },
  gauge({
    name: 'process_start_time_seconds',
    help: 'When the process started, Unix time.',
    read: () => seconds(performance.timeOrigin),
  }),
  gauge({
    name: 'process_resident_memory_bytes',
    help: 'Memory of the process that is resident.',
    read: () => process.memoryUsage.rss(),
  }),
  gauge({
    name: 'nodejs_heap_size_used_bytes',
    help: 'Heap of the main thread that is in use.',
    read: () => process.memoryUsage().heapUsed,
  }),
  gauge({
    name: 'nodejs_heap_size_total_bytes',
    help: 'Heap of the main thread that is reserved.',
    read: () => process.memoryUsage().heapTotal,
  }),
]
