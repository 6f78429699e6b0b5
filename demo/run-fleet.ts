import { parseArgs } from 'node:util'
import { startFleet } from './fleet.ts'

/** What the process says on standard output, once, as one line of JSON. */
export type FleetAnnouncement = { controlUrl: string; providers: { id: string; baseUrl: string }[] }

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    'base-port': { type: 'string' },
    /** Hold the weather calm until a `begin` arrives over the channel to the parent. */
    wait: { type: 'boolean', default: false },
  },
})

const basePort = values['base-port']
const fleet = await startFleet({
  seed: Number(values.seed),
  ...(basePort === undefined ? {} : { basePort: Number(basePort) }),
})
if (values.wait) process.once('message', fleet.beginWeather)
else fleet.beginWeather()

const announcement: FleetAnnouncement = {
  controlUrl: fleet.controlUrl,
  providers: fleet.providers.map(({ id, baseUrl }) => ({ id, baseUrl })),
}
console.log(JSON.stringify(announcement))

const stop = () => {
  void fleet.stop().then(() => process.exit(0))
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
