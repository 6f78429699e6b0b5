import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NOON, check, entry, overrideSet, transition } from '#lib/adapters/storage/test-records.ts'
import { OUTCOME_CLASSES } from '#lib/domain/outcome.ts'
import { type Stage, stageRuntime } from '#lib/server/stage-runtime.fixture.ts'
import { call } from './call.fixture.ts'
import { GET as getChecks } from './export/checks/route.ts'
import { GET as getHistory } from './export/history/route.ts'
import { GET as getTransitions } from './export/transitions/route.ts'

let stage: Stage

beforeEach(async () => {
  stage = await stageRuntime()
  for (const id of ['acme', 'other'])
    await call('createProvider', { body: { id, name: id, kind: 'http', baseUrl: 'http://127.0.0.1:1/x' } })
})
afterEach(() => stage.close())

const DAY = { from: String(NOON), to: String(NOON + 86_400_000) }
const url = (query: Record<string, string>) =>
  new Request(`http://localhost:3000/api/export?${new URLSearchParams({ ...DAY, ...query }).toString()}`)
const context = { params: Promise.resolve({}) }
const linesOf = async (response: Response) => (await response.text()).split('\r\n').slice(0, -1)

/** Writes so many checks of a provider, a second apart. */
async function withChecks(count: number, providerId = 'acme') {
  const { journal } = stage.runtime.engine
  for (let i = 0; i < count; i += 1) {
    const failed = i % 10 === 9
    journal.appendCheck(
      check({
        providerId,
        at: NOON + i * 1_000,
        ...(failed
          ? { class: 'provider_error' as const, message: '=cmd(1), "quoted"', latencyMs: null }
          : {}),
      }),
    )
  }
  await expect.poll(() => journal.status().waitingChecks).toBe(0)
}

describe('an export of checks', () => {
  it('is a table with all of them, of all providers or of one', async () => {
    await withChecks(1_203)
    await withChecks(7, 'other')
    const response = await getChecks(url({}), context)
    expect(response.headers.get('content-type')).toContain('text/csv')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="switchyard-checks.csv"')
    const lines = await linesOf(response)
    expect(lines[0]).toMatch(/^id,at,providerId,model,source,class,count,latencyMs/)
    expect(lines).toHaveLength(1 + 1_203 + 7)
    expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(1 + 1_203 + 7)
    expect(lines.find((line) => line.includes('provider_error'))).toContain(`"'=cmd(1), ""quoted"""`)
    expect(await linesOf(await getChecks(url({ providerId: 'other' }), context))).toHaveLength(8)
    expect(
      await linesOf(await getChecks(url({ providerId: 'acme', class: 'provider_error' }), context)),
    ).toHaveLength(121)
  })

  it('is a list of what the API shows, whole, also when it is empty', async () => {
    await withChecks(1_001)
    const { body } = await call('exportChecks', { query: { ...DAY, format: 'json', providerId: 'acme' } })
    expect(body).toHaveLength(1_001)
    expect(
      (await call('exportChecks', { query: { ...DAY, format: 'json', providerId: 'other' } })).body,
    ).toEqual([])
    expect(await linesOf(await getChecks(url({ providerId: 'other' }), context))).toHaveLength(1)
  })

  it('reads no page before the one before it was taken, and stops with its reader', async () => {
    await withChecks(5_000)
    const { reader } = stage.runtime.engine
    const ask = reader.checks
    let asked = 0
    reader.checks = (query) => {
      asked += 1
      return ask(query)
    }
    const response = await getChecks(url({ providerId: 'acme' }), context)
    const taker = response.body!.getReader()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(asked, 'the first page only, which says whether there is an answer').toBe(1)
    await taker.read()
    await taker.read()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(asked).toBe(2)
    await taker.cancel()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(asked).toBe(2)
  })

  it('is refused before it begins, and breaks off in the middle rather than look whole', async () => {
    expect(await call('exportChecks', { query: { providerId: 'nobody' } })).toMatchObject({ status: 404 })
    expect(await call('exportChecks', { query: { format: 'xlsx' } })).toMatchObject({ status: 422 })
    stage.storage.failReads()
    expect(await call('exportChecks', { query: DAY })).toMatchObject({ status: 503 })
    stage.storage.recover()
    await withChecks(1_500)
    const response = await getChecks(url({ format: 'json', providerId: 'acme' }), context)
    stage.storage.failReads()
    await expect(response.text()).rejects.toThrow()
  })
})

describe('an export of history', () => {
  it('has each bucket once, however the range is cut, with a column for every class', async () => {
    await withChecks(3_000)
    const lines = await linesOf(await getHistory(url({ providerId: 'acme', resolution: '1m' }), context))
    const [header = '', ...rows] = lines.map((line) => line.split(','))
    expect(header.slice(4, 4 + OUTCOME_CLASSES.length)).toEqual([...OUTCOME_CLASSES])
    expect(rows).toHaveLength(50)
    expect(rows.reduce((sum, row) => sum + Number(row[header.indexOf('count')]), 0)).toBe(3_000)
    expect(new Set(rows.map(([at]) => at)).size).toBe(50)
    expect(rows[0]?.slice(0, 4)).toEqual([new Date(NOON).toISOString(), 'acme', '60000', '60'])
    // Where the parts that are asked for meet, in the middle of a minute of the range's begin.
    const begin = String(NOON - 720 * 60_000 + 30_000)
    const cut = await call('exportHistory', {
      query: { from: begin, to: DAY.to, resolution: '1m', format: 'json', providerId: 'acme' },
    })
    expect(cut.body.map(({ count }) => count)).toEqual(Array.from({ length: 50 }, () => 60))
    const long = { from: String(NOON - 40 * 86_400_000), to: DAY.to, resolution: '1h', format: 'json' }
    const { body } = await call('exportHistory', { query: long })
    expect(body.map(({ at, count }) => [at, count])).toEqual([[new Date(NOON).toISOString(), 3_000]])
    const whole = await call('exportHistory', { query: { ...DAY, format: 'json' } })
    expect(whole.body.every(({ resolutionMs }) => resolutionMs === 120_000)).toBe(true)
  })
})

describe('an export of transitions', () => {
  it('tells what happened to circuits, and nothing else', async () => {
    await stage.runtime.engine.journal.commit(
      entry({
        transitions: [transition('t1'), transition('t2', { at: NOON + 5, providerId: 'other', model: 'm' })],
        events: [overrideSet('o1', NOON + 2)],
      }),
    )
    const lines = await linesOf(await getTransitions(url({}), context))
    expect(lines.map((line) => line.split(',').slice(0, 8).join())).toEqual([
      'id,at,providerId,model,kind,from,to,cause',
      't2,2026-01-31T12:00:00.005Z,other,m,transition,closed,open,consecutive_failures',
      'o1,2026-01-31T12:00:00.002Z,acme,,override,,,',
      't1,2026-01-31T12:00:00.000Z,acme,,transition,closed,open,consecutive_failures',
    ])
    const { body } = await call('exportTransitions', {
      query: { ...DAY, format: 'json', providerId: 'other' },
    })
    expect(body.map(({ id }) => id)).toEqual(['t2'])
  })
})
