import { describe, expect, it } from 'vitest'
import { readDecision, readDecisionCounts, readDecisions, type DecisionsQuery } from './read-decisions.ts'
import { IN_ORDER, stageRoute } from './stage-route.fixture.ts'
import { stageFleet } from '../stage-fleet.fixture.ts'

const SECOND = 1_000

/** Ten ordinary decisions a second for three seconds, and a failure in each. */
async function stageDecisions() {
  const stage = stageRoute(['acme', 'blue'], { route: { strategy: IN_ORDER } })
  for (let second = 0; second < 3; second += 1) {
    stage.pass(SECOND)
    for (let requests = 0; requests < 10; requests += 1) await stage.carry(() => stage.ok())
    const request = stage.ask()
    request.next()
    request.end({ class: 'provider_error', httpStatus: 502, attempts: 1 })
  }
  return stage
}

describe('decisions', () => {
  const pagesOf = async (engine: Parameters<typeof readDecisions>[0], query: DecisionsQuery) => {
    const ids: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof readDecisions>> = await readDecisions(engine, {
        ...query,
        cursor,
      })
      expect(page.items.length).toBeLessThanOrEqual(query.limit ?? 50)
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== null)
    return ids
  }

  it('come newest first, page by page, each once, from memory and from what was kept', async () => {
    const stage = await stageDecisions()
    const ids = await pagesOf(stage.engine, { limit: 7 })
    expect(ids).toHaveLength(33)
    expect(ids).toEqual(ids.toSorted().reverse())
    expect(new Set(ids).size).toBe(33)
  })

  it('after a restart are those that were kept', async () => {
    const stage = await stageDecisions()
    await stage.storage.journal.close(1_000)
    const after = stageFleet(stage.storage.reopen(), stage.now())
    const kept = await pagesOf(after.engine, { limit: 4 })
    expect(kept).toHaveLength(3 * (2 + 1))
    expect((await readDecision(after.engine, 'request-11')).id).toBe(stage.kept[2]?.decision.id)
  })

  it('can be narrowed: to failures, a route, a provider that was chosen or tried', async () => {
    const stage = await stageDecisions()
    await stage.carry(({ provider }) => (provider.id === 'acme' ? stage.broken() : stage.ok()))
    expect(await pagesOf(stage.engine, { failed: true })).toHaveLength(3)
    expect(await pagesOf(stage.engine, { failed: false, limit: 100 })).toHaveLength(31)
    expect(await pagesOf(stage.engine, { route: 'other' })).toEqual([])
    expect(await pagesOf(stage.engine, { providerId: 'blue' })).toHaveLength(1)
    expect(await pagesOf(stage.engine, { providerId: 'acme', limit: 5 })).toHaveLength(34)
  })

  it('are found by their id and by the request’s', async () => {
    const stage = await stageDecisions()
    const found = await readDecision(stage.engine, 'request-5')
    expect(found).toMatchObject({ requestId: 'request-5', chosen: 'acme' })
    expect(await readDecision(stage.engine, found.id)).toEqual(found)
    await expect(readDecision(stage.engine, 'request-99')).rejects.toThrow('There is no decision')
  })

  it('are shown from memory while the database is away', async () => {
    const stage = await stageDecisions()
    stage.storage.failReads()
    const page = await readDecisions(stage.engine, { limit: 10 })
    expect(page.items).toHaveLength(10)
    await expect(readDecisions(stage.engine, { route: 'other' })).rejects.toThrow('locked')
  })

  it('refuse a cursor that no list has answered', async () => {
    const stage = await stageDecisions()
    await expect(readDecisions(stage.engine, { cursor: 'x' })).rejects.toThrow('cursor')
  })

  it('are counted for ever', async () => {
    const stage = await stageDecisions()
    const items = [{ route: 'main', providerId: 'acme', reasonCode: 'primary', count: 33 }]
    expect(readDecisionCounts(stage.engine)).toEqual({ items })
    stage.storage.journal.saveDecisionCounts(stage.engine.routing.counts.takeUnsaved())
    await stage.storage.journal.close(1_000)
    expect(readDecisionCounts(stageFleet(stage.storage.reopen()).engine)).toEqual({ items })
  })
})
