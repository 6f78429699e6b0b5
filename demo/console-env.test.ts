import { expect, it } from 'vitest'
import { readEnv } from '#lib/server/env.ts'
import { consoleEnv } from './console-env.ts'

const env = consoleEnv({
  port: 3001,
  gatewayPort: 8788,
  controlUrl: 'http://127.0.0.1:4321',
  database: 'data/demo-3001.db',
})

it('is understood by the console, which waits for no request when it is stopped', () => {
  expect(readEnv(env, '/srv')).toMatchObject({
    port: 3001,
    gatewayPort: 8788,
    demoControl: 'http://127.0.0.1:4321',
    databasePath: '/srv/data/demo-3001.db',
    dataDir: '/srv/data/demo',
    drainMs: 0,
  })
})
