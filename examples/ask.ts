// node examples/ask.ts ROUTE MODEL "QUESTION"; CONSOLE_URL and ENDPOINTS (a file like demo-endpoints.json) where they are
// others, and in CONSOLE_KEY an API key where the console asks to sign in.
import { readFile } from 'node:fs/promises'
import { Balancer, type Endpoint, NobodyEligible } from './balancer.ts'

const [route = 'chat', model = 'gpt-4o', question = 'Which platform?'] = process.argv.slice(2)
const file = process.env['ENDPOINTS'] ?? new URL('demo-endpoints.json', import.meta.url)
const balancer = new Balancer({
  consoleUrl: process.env['CONSOLE_URL'] ?? 'http://localhost:3000',
  consoleKey: process.env['CONSOLE_KEY'],
  route,
  endpoints: JSON.parse(await readFile(file, 'utf8')) as Record<string, Endpoint>,
})

try {
  const { body, ...how } = await balancer.chat({ model, messages: [{ role: 'user', content: question }] })
  console.log(JSON.stringify({ ...how, body }, null, 2))
} catch (error) {
  process.exitCode = 1
  const until = error instanceof NobodyEligible && error.returnsAt !== null ? error.returnsAt : null
  console.error(error instanceof Error ? error.message : error)
  if (until !== null) console.error(`Somebody may be back at ${until.toISOString()}.`)
}
await balancer.idle()
