import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { channel } from '../storage/test-alerting-records.ts'
import { alerting } from '../storage/test-alerting-records.ts'
import { entry, NOON, provider } from '../storage/test-records.ts'
import { downRule } from '#lib/services/alerts/stage-watch.fixture.ts'
import { testDatabases } from './test-database.ts'
import { otherProcess } from './test-process.ts'

const SOON = { timeout: 25_000, interval: 5 }

const databases = testDatabases()
const processes: { kill: () => Promise<void> }[] = []
afterEach(async () => {
  for (const process of processes.splice(0)) await process.kill()
  await databases.closeAll()
})
afterAll(() => databases.remove())

/** A console whose provider is down; it says what it hands to its channel, whose answer never comes. */
const console = (path: string, startAt: number) =>
  otherProcess(`
    import { openStorage } from '#lib/adapters/prisma/open-storage.ts'
    import { stageWatch } from '#lib/services/alerts/stage-watch.fixture.ts'
    const storage = await openStorage({ url: ${JSON.stringify(path)} })
    const watch = stageWatch(storage, {
      startAt: ${startAt},
      deliver: (_channel, notification) => {
        console.log(JSON.stringify(notification))
        return new Promise(() => undefined)
      },
    })
    await watch.seconds(300, { acme: 'provider_error' })
    console.log('through')
    process.stdin.resume()
  `)

type Told = { id: string; notice: string; incident: { id: string; dedupKey: string } }

describe('kill -9 between an alarm and its delivery', () => {
  it('leaves one incident and one notification, which the next start sends under the same id and key', async () => {
    const path = await databases.fresh()
    const { journal } = await databases.open(path)
    await journal.commit(
      entry({
        providersSaved: [provider('acme')],
        alerting: alerting({ rulesSaved: [downRule], channelsSaved: [channel('ops')] }),
      }),
    )
    await databases.closeAll()

    const told: Told[] = []
    for (const start of [0, 1, 2]) {
      const running = console(path, NOON + start * 600_000)
      processes.push(running)
      const heard: Told[] = []
      running.onLine((line) => {
        if (line !== 'through') heard.push(JSON.parse(line) as Told)
      })
      await expect.poll(() => heard.length, SOON).toBeGreaterThan(0)
      await running.kill()
      told.push(...heard)
    }

    expect(told.length).toBeGreaterThanOrEqual(3)
    expect(new Set(told.map(({ id }) => id)).size).toBe(1)
    expect(new Set(told.map(({ incident }) => incident.dedupKey)).size).toBe(1)
    const { reader, restored } = await databases.open(path)
    const every = { from: 0, to: NOON * 2, cursor: null, limit: 100 }
    const incidents = (await reader.incidents({ ...every, state: null, providerId: null })).items
    expect(incidents.map(({ id }) => id)).toEqual([told[0]?.incident.id])
    expect(restored.alerting.waitingDeliveries.map(({ notification }) => notification.id)).toEqual([
      told[0]?.id,
    ])
    expect(restored.warnings).toEqual([])
  })
})
