import { expect, it } from 'vitest'
import { selectProvider } from './select-provider.ts'
import { stageRoute } from './stage-route.fixture.ts'

it('holds twenty thousand permits; one more crowds the oldest out, whose call is no longer under way', () => {
  const stage = stageRoute(['acme'])
  const first = selectProvider(stage.engine, 'main', {}).permit!
  for (let permits = 1; permits < 20_000; permits += 1) selectProvider(stage.engine, 'main', {})
  expect(stage.calls('acme')).toBe(20_000)
  expect(stage.engine.routing.permits.find(first.token, stage.now())).not.toBeNull()
  selectProvider(stage.engine, 'main', {})
  expect(stage.calls('acme')).toBe(20_000)
  expect(stage.engine.routing.permits.find(first.token, stage.now())).toBeNull()
  // Those that expire leave room: nobody is crowded out for the next.
  stage.pass(600_000)
  selectProvider(stage.engine, 'main', {})
  expect(stage.calls('acme')).toBe(1)
})
