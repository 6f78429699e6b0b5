import { join } from 'node:path'
import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { JournalStatus } from '#lib/services/ports.ts'
import {
  audit,
  check,
  entry,
  health,
  NOON,
  provider,
  storedCircuit,
  transition,
} from '../storage/test-records.ts'
import { testDatabases } from './test-database.ts'
import { lockingProcess, otherProcess } from './test-process.ts'
import { linkWorker } from './worker-link.ts'

const SOON = { timeout: 25_000, interval: 5 }
const DAY = { from: NOON, to: NOON + 86_400_000 }

const databases = testDatabases()
const processes: { kill: () => Promise<void> }[] = []
afterEach(async () => {
  for (const process of processes.splice(0)) await process.kill()
  await databases.closeAll()
})
afterAll(() => databases.remove())

describe('kill -9 in the middle of writing', () => {
  it('loses no entry that was answered, and leaves no half of one', async () => {
    const path = await databases.fresh()
    const writer = otherProcess(`
      import { openStorage } from '#lib/adapters/prisma/open-storage.ts'
      import { audit, check, entry, storedCircuit, transition, provider, NOON } from '#lib/adapters/storage/test-records.ts'
      import { route } from '#lib/adapters/storage/test-routing-records.ts'
      const { journal } = await openStorage({ url: ${JSON.stringify(path)} })
      await journal.commit(entry({ providersSaved: [provider('acme')] }))
      for (let number = 1; ; number += 1) {
        const id = String(number).padStart(6, '0')
        for (let row = 0; row < 20; row += 1) journal.appendCheck(check({ at: NOON + number }))
        await journal.commit(entry({
          transitions: [transition('t' + id, { at: NOON + number, generation: number })],
          audit: [audit('a' + id, { at: NOON + number })],
          circuits: [storedCircuit('acme', null, { generation: number })],
          routesSaved: [route('chat', { version: number })],
        }))
        console.log(number)
      }
    `)
    processes.push(writer)
    let answered = 0
    writer.onLine((line) => (answered = Number(line)))
    await expect.poll(() => answered, SOON).toBeGreaterThan(30)
    await writer.kill()

    const { restored, reader } = await databases.open(path)
    const page = { ...DAY, cursor: null, limit: 100_000 }
    const { items } = await reader.events({
      ...page,
      providerId: 'acme',
      model: undefined,
      kinds: ['transition', 'action'],
    })
    const transitions = items.filter(({ kind }) => kind === 'transition').length
    expect(transitions).toBeGreaterThanOrEqual(answered)
    expect(items.filter(({ kind }) => kind === 'action')).toHaveLength(transitions)
    expect(restored.circuits.map(({ circuit }) => circuit.generation)).toEqual([transitions])
    expect(restored.routes.map(({ version }) => version)).toEqual([transitions])
    expect(restored.warnings).toEqual([])
  })
})

describe('a database that another process has locked', () => {
  it('keeps everything until the lock is gone, says so meanwhile, and reads on', async () => {
    const path = await databases.fresh()
    const { journal, reader, restored } = await databases.open(path, { limits: { impairedAfterMs: 200 } })
    expect(restored.providers).toEqual([])
    await journal.commit(entry({ providersSaved: [provider('acme')] }))
    const heard: JournalStatus[] = []
    journal.onStatus((status) => heard.push(status))

    const locker = lockingProcess(path)
    processes.push(locker)
    expect(await locker.line()).toBe('locked')
    let isWritten = false
    const committed = journal
      .commit(
        entry({
          circuits: [storedCircuit('acme')],
          transitions: [transition('t1')],
          audit: [audit('a1')],
        }),
      )
      .then(() => (isWritten = true))
    for (let row = 0; row < 450; row += 1) journal.appendCheck(check({ at: NOON + row }))
    journal.saveHealth([health('acme')])
    await expect.poll(() => heard, SOON).toHaveLength(1)
    expect(heard[0]).toMatchObject({
      state: 'impaired',
      detail: 'The database is locked by another program.',
      waitingEntries: 1,
      waitingChecks: 450,
    })
    expect(isWritten).toBe(false)
    expect(await reader.stateBefore({ providerId: null, at: NOON })).toEqual([])

    await locker.kill()
    await committed
    await expect
      .poll(() => journal.status(), SOON)
      .toEqual({
        state: 'ok',
        detail: null,
        waitingEntries: 0,
        waitingChecks: 0,
        waitingDecisions: 0,
        droppedChecks: 0,
        droppedDecisions: 0,
      })
    await databases.closeAll()
    const again = await databases.open(path)
    expect(again.restored.circuits).toEqual([storedCircuit('acme')])
    expect(again.restored.health).toEqual([health('acme')])
    expect((await again.reader.checksSince(NOON, 0, 1_000)).rows.map(({ at }) => at - NOON)).toEqual(
      Array.from({ length: 450 }, (_, row) => row),
    )
  })
})

describe('a database that somebody', () => {
  async function openWithAcme() {
    const path = await databases.fresh()
    const { journal } = await databases.open(path, { limits: { impairedAfterMs: 200 } })
    await journal.commit(entry({ providersSaved: [provider('acme')] }))
    return { path, journal }
  }

  it('takes away is not written to, which is said, until it is back', async () => {
    const { path, journal } = await openWithAcme()
    renameSync(path, `${path}-away`)
    let isWritten = false
    const committed = journal.commit(entry({ audit: [audit('a1')] })).then(() => (isWritten = true))
    await expect.poll(() => journal.status().state, SOON).toBe('impaired')
    expect(journal.status().detail).toMatch(/ was taken away: put it back/)
    expect(isWritten).toBe(false)

    renameSync(`${path}-away`, path)
    await committed
    await expect.poll(() => journal.status().state, SOON).toBe('ok')
    await databases.closeAll()
    const { reader } = await databases.open(path)
    const { items } = await reader.audit({ ...DAY, limit: 10, cursor: null })
    expect(items.map(({ id }) => id)).toEqual(['a1'])
  })

  it('replaces is not written to, and neither is what is in its place', async () => {
    const { path, journal } = await openWithAcme()
    renameSync(path, `${path}-away`)
    copyFileSync(await databases.fresh(), path)
    const before = readFileSync(path)
    void journal.commit(entry({ audit: [audit('a1')] }))
    await expect.poll(() => journal.status().state, SOON).toBe('impaired')
    expect(journal.status().detail).toMatch(/ was replaced by another file/)
    expect(readFileSync(path).equals(before)).toBe(true)
    await databases.closeAll(100)
    expect(readFileSync(path).equals(before)).toBe(true)
  })
})

describe('a thread that dies', () => {
  /** A thread that answers, warns, refuses or dies, as it is asked. */
  function link() {
    const file = join(databases.folder, `thread-${Math.random().toString(36).slice(2)}.mjs`)
    writeFileSync(
      file,
      `import { parentPort } from 'node:worker_threads'
       parentPort.on('message', ({ id, request }) => {
         if (request === 'die') throw new Error('out of luck')
         if (request === 'silence') return
         if (request === 'warn') parentPort.postMessage({ type: 'warning', message: 'careful' })
         if (request === 'refuse') return parentPort.postMessage({ type: 'refusal', id, message: 'No.', fields: null })
         parentPort.postMessage({ type: 'answer', id, value: [request, threadNumber] })
         if (request === 'end') parentPort.close()
       })
       const threadNumber = Math.random()`,
    )
    const warnings: string[] = []
    const thread = linkWorker({
      file,
      setup: { path: '', migrationsDir: '' },
      warn: (message) => warnings.push(message),
    })
    return { thread, warnings }
  }

  it('refuses what it was asked, and is started anew by the next question', async () => {
    const { thread, warnings } = link()
    const [, before] = (await thread.ask('a')) as [string, number]
    const unanswered = thread.ask('silence')
    const fatal = thread.ask('die')
    await expect(unanswered).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/out of luck/) as string,
    })
    await expect(fatal).rejects.toMatchObject({ code: 'unavailable' })
    const [word, after] = (await thread.ask('b')) as [string, number]
    expect(word).toBe('b')
    expect(after).not.toBe(before)
    expect(warnings).toEqual(['The database thread stopped (out of luck) and is started anew.'])
    await thread.end(5_000)
  })

  it('passes on refusals and warnings in its words', async () => {
    const { thread, warnings } = link()
    await expect(thread.ask('refuse')).rejects.toMatchObject({
      name: 'AppError',
      code: 'unavailable',
      message: 'No.',
    })
    await thread.ask('warn')
    expect(warnings).toEqual(['careful'])
    await thread.end(5_000)
    await expect(thread.ask('a')).rejects.toMatchObject({ message: 'The database is closed.' })
  })
})
