import { authorNamed } from '#lib/domain/access/author.ts'
import { describe, expect, it } from 'vitest'
import { memoryStorage } from '#lib/adapters/memory/memory-storage.ts'
import { sha256 } from '#lib/adapters/secrets/sha256.ts'
import { clientKey } from '#lib/adapters/storage/test-routing-records.ts'
import { stageFleet, T0 } from '../stage-fleet.fixture.ts'
import { findClientKey, readClientKeys } from './client-keys.ts'
import { deleteClientKey } from './delete-client-key.ts'

const MINUTE = 60_000
const mine = clientKey('k1', { hash: sha256('my key') })
const stage = () => stageFleet(memoryStorage({ clientKeys: [clientKey('k2'), mine] }))

describe('client keys', () => {
  it('are hashed as everybody hashes', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  it('are found by the hash of what a client sent, and by nothing else', () => {
    const { engine } = stage()
    expect(findClientKey(engine, sha256('my key'))).toMatchObject({ id: 'k1', routes: ['chat'] })
    expect(findClientKey(engine, 'my key')).toBeNull()
    expect(findClientKey(engine, sha256('my key '))).toBeNull()
  })

  it('remember when they were used, to the minute, also over a restart', async () => {
    const { engine, pass, storage } = stage()
    const uses = [0, 1, MINUTE - 2, 1, 1].map((ms) => {
      pass(ms)
      return (findClientKey(engine, mine.hash)?.lastUsedAt ?? 0) - T0
    })
    expect(uses).toEqual([0, 0, 0, MINUTE, MINUTE])
    await storage.journal.close(5_000)
    const { restored } = storage.reopen()
    expect(restored.clientKeys).toMatchObject([{ id: 'k1', lastUsedAt: T0 + MINUTE }, { id: 'k2' }])
  })

  it('are written at most once a minute, however busy they are', async () => {
    const { engine, pass, storage } = stage()
    storage.failWrites()
    const waiting = storage.journal.status().waitingEntries
    for (let use = 0; use < 1_000; use += 1) {
      findClientKey(engine, mine.hash)
      pass(100)
    }
    expect(storage.journal.status().waitingEntries - waiting).toBe(2)
    storage.recover()
    await storage.journal.close(5_000)
  })

  it('are shown without what they are found by, in the order in which they were made', () => {
    const { engine } = stage()
    const shown = readClientKeys(engine)
    expect(shown.map(({ id }) => id)).toEqual(['k1', 'k2'])
    expect(JSON.stringify(shown)).not.toContain(mine.hash)
  })

  it('end at once when they are deleted, on record, and do not come back', async () => {
    const { engine, storage, recorded } = stage()
    findClientKey(engine, mine.hash)
    const deletion = { input: { reason: 'left the team' }, author: authorNamed('ada') }
    expect(await deleteClientKey(engine, 'k1', deletion)).toEqual({ persisted: true })
    expect(findClientKey(engine, mine.hash)).toBeNull()
    await expect(deleteClientKey(engine, 'k1', deletion)).rejects.toMatchObject({ code: 'not_found' })
    expect(recorded()).toEqual(['null action'])
    const { items } = await storage.reader.audit({ from: 0, to: T0 + 1, cursor: null, limit: 10 })
    expect(items).toMatchObject([
      {
        action: 'client-key.delete',
        actor: 'ada',
        reason: 'left the team',
        before: { id: 'k1' },
        after: null,
      },
    ])
    expect(JSON.stringify(items)).not.toContain(mine.hash)
    expect(storage.reopen().restored.clientKeys.map(({ id }) => id)).toEqual(['k2'])
  })

  it('hold at once and are told so when the disk is away', async () => {
    const { engine, storage } = stage()
    storage.failWrites()
    engine.wait = () => Promise.resolve()
    expect(await deleteClientKey(engine, 'k1', { input: {}, author: authorNamed('ada') })).toEqual({
      persisted: false,
    })
    expect(findClientKey(engine, mine.hash)).toBeNull()
    storage.recover()
    await storage.journal.close(5_000)
  })
})
