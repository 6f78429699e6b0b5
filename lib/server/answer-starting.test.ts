import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { selfHealthSchema } from '#lib/contract/monitor.ts'
import { answerStarting } from './answer-starting.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function startingAt(basePath: string) {
  const server = createServer(answerStarting({ basePath })).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return (path: string, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method })
}

describe('while it starts', () => {
  it.each(['', '/switchyard'])(
    'the process says at "%s" that it lives, and that it does not work yet',
    async (base) => {
      const send = await startingAt(base)
      const answer = await send(`${base}/api/health?deep`)
      expect(answer.status).toBe(200)
      expect(selfHealthSchema.parse(await answer.json())).toMatchObject({
        status: 'impaired',
        checks: { database: 'off', scheduler: 'off' },
      })
      expect((await send(`${base}/api/health`, 'HEAD')).status).toBe(200)
    },
  )

  it.each([
    ['/api/health/ready', 'GET'],
    ['/api/health', 'POST'],
    ['/switchyard/api/health', 'GET'],
    ['/api/monitor', 'GET'],
    ['/', 'GET'],
  ])('%s by %s is to come again', async (path, method) => {
    const answer = await (await startingAt(''))(path, method)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(await answer.json()).toMatchObject({ status: 503, detail: 'Switchyard is starting.' })
  })
})
