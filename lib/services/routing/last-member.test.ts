import { authorNamed } from '#lib/domain/access/author.ts'
import { describe, expect, it } from 'vitest'
import type { SetOverride } from '#lib/contract/circuit.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import { setOverride } from '../set-override.ts'
import { stageFleet, T0 } from '../stage-fleet.fixture.ts'
import { routesWithout } from './last-member.ts'
import { putRoute } from './routing.ts'

const member = (providerId: string, model: string | null = null) => ({
  providerId,
  model,
  weight: null,
  priority: null,
})

const route = (name: string, over: Partial<Route> = {}): Route => ({
  name,
  models: ['chat-*'],
  members: [member('acme'), member('beta')],
  strategy: { type: 'load-balance', algorithm: 'weighted' },
  limits: { maxAttempts: null, timeoutMs: null, firstTokenTimeoutMs: null, stallTimeoutMs: null },
  version: 1,
  createdAt: T0,
  updatedAt: T0,
  ...over,
})

/** Two providers, and what the test adds: acme serves `big` and `small`, the latter also as `chat-tiny`. */
function stage(...routes: Route[]) {
  const staged = stageFleet()
  const model = (name: string, alias: string | null = null) => ({
    name,
    alias,
    priceIn: null,
    priceOut: null,
  })
  staged.add('acme', { name: 'The Acme', models: [model('chat-big'), model('small', 'chat-tiny')] })
  staged.add('beta')
  for (const one of routes) putRoute(staged.engine.routing, one)
  const force = (id: string, over: Partial<SetOverride> = {}, model: string | null = null) =>
    setOverride(
      staged.engine,
      { providerId: id, model },
      {
        input: { mode: 'forced_open', reason: 'maintenance', ttl: '10m', ...over },
        author: authorNamed('ada'),
      },
    )
  const isForced = (id: string) => staged.entry(id).own.circuit.override !== null
  return { ...staged, force, isForced }
}

const without = (staged: ReturnType<typeof stage>, providerId: string, model: string | null = null) =>
  routesWithout(staged.engine, { providerId, model })

describe('the last eligible member of a route', () => {
  it('is the only one there is, or the only one that is not out already', async () => {
    const staged = stage(
      route('both'),
      route('alone', { members: [member('acme')] }),
      route('pinned', { strategy: { type: 'single', providerId: 'acme' } }),
      route('others', { members: [member('beta')] }),
    )
    expect(without(staged, 'acme')).toEqual(['alone', 'pinned'])
    await staged.force('beta', { confirm: 'beta' })
    expect(without(staged, 'acme')).toEqual(['alone', 'both', 'pinned'])
    expect(without(staged, 'beta')).toEqual([])
  })

  it('is none where nobody is eligible, nor without routes', () => {
    const staged = stage()
    expect(without(staged, 'acme')).toEqual([])
    staged.entry('beta').provider = { ...staged.entry('beta').provider, enabled: false }
    putRoute(staged.engine.routing, route('dark', { members: [member('beta')] }))
    expect(without(staged, 'beta')).toEqual([])
  })

  it('is told of a model where only that model has nobody else', () => {
    const staged = stage(
      route('chat', { members: [member('acme'), member('beta', 'small')] }),
      route('fixed', { models: ['x'], members: [member('acme', 'chat-big')] }),
      route('elsewhere', { models: ['else-*'], members: [member('acme')] }),
      route('strangers', { models: ['*'], members: [member('beta')] }),
    )
    expect(without(staged, 'acme', 'chat-big')).toEqual(['fixed'])
    staged.entry('beta').provider = { ...staged.entry('beta').provider, enabled: false }
    expect(without(staged, 'acme', 'chat-big')).toEqual(['chat', 'fixed'])
    expect(without(staged, 'acme', 'small')).toEqual(['chat'])
    expect(without(staged, 'acme', 'unheard-of')).toEqual([])
    expect(without(staged, 'acme')).toEqual(['chat', 'fixed'])
  })

  it('is not told of a model that nobody gets under its name, which is another’s alias', () => {
    const staged = stage(route('chat', { members: [member('acme')] }))
    const acme = staged.entry('acme')
    const [first] = acme.provider.models
    const swapped = [
      { ...first!, name: 'chat-old', alias: 'chat-new' },
      { ...first!, name: 'chat-new' },
    ]
    acme.provider = { ...acme.provider, models: swapped }
    expect(without(staged, 'acme', 'chat-old')).toEqual(['chat'])
    expect(without(staged, 'acme', 'chat-new')).toEqual([])
  })
})

describe('forcing it open', () => {
  it.each([undefined, '', 'acme', 'the acme', 'The Acme!'])(
    'is refused when this confirms it: %s',
    async (confirm) => {
      const staged = stage(
        route('chat', { members: [member('acme')] }),
        route('mail', { members: [member('acme')] }),
      )
      await expect(staged.force('acme', confirm === undefined ? {} : { confirm })).rejects.toMatchObject({
        code: 'conflict',
        facts: { routes: ['chat', 'mail'] },
        fields: [{ path: 'confirm', message: expect.stringContaining('The Acme') as string }],
      })
      expect(staged.isForced('acme')).toBe(false)
      expect(staged.recorded()).toEqual([])
    },
  )

  it('is done once the provider’s name was typed', async () => {
    const staged = stage(route('chat', { members: [member('acme')] }))
    expect(await staged.force('acme', { confirm: ' The Acme ' })).toMatchObject({
      persisted: true,
      circuit: { effective: 'open' },
    })
    expect(staged.isForced('acme')).toBe(true)
  })

  it('needs no name where others are left, nor for what lets more through, nor to prolong it', async () => {
    const staged = stage(route('chat'), route('alone', { members: [member('beta')] }))
    await staged.force('acme')
    await staged.force('beta', { mode: 'forced_closed' })
    await staged.force('beta', { mode: 'shadow' })
    await staged.force('beta', { confirm: 'beta' })
    await staged.force('beta', { ttl: '20m' })
    expect(staged.isForced('beta')).toBe(true)
  })

  it('of a model asks in the same way', async () => {
    const staged = stage(route('chat', { members: [member('acme')] }))
    staged.see({ providerId: 'acme', model: 'chat-big', source: 'passive' })
    await expect(staged.force('acme', {}, 'chat-big')).rejects.toMatchObject({ facts: { routes: ['chat'] } })
    await staged.force('acme', { confirm: 'The Acme' }, 'chat-big')
    expect(staged.entry('acme').models.get('chat-big')?.circuit.override?.mode).toBe('forced_open')
  })
})
