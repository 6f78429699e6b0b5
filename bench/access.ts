import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import type { Principal } from '#lib/domain/access/principal.ts'
import { OURSELVES } from '#lib/server/access/client.ts'
import { authorise } from '#lib/server/access/authorise.ts'
import { type GuardedStage, PASSWORD, stageGuarded } from '#lib/server/access/signed-in.fixture.ts'
import type { Browser } from '#lib/services/access/sign-in.ts'
import { medianNs } from './median-ns.ts'
import { measureOf, type Measure } from './report.ts'

const measure = measureOf('access')

const SIGN_INS_A_SECOND = 5
const SIGN_INS_MS = 20_000
const LOOK_UPS = 300
const GUESSES = 15

const NS_PER_US = 1e3
const NS_PER_MS = 1e6
const BROWSER: Browser = { cookie: null, address: '192.0.2.7', userAgent: 'bench' }

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** What asking who is there costs: a permission, a session, and people who sign in all the while. */
export default async function access(): Promise<Measure[]> {
  const stage = await stageGuarded()
  const measures = [
    await permission(),
    ...(await sessions(stage)),
    ...(await guesses(stage)),
    await signIns(stage),
  ]
  await stage.close()
  return measures
}

async function permission(): Promise<Measure> {
  const principal: Principal = { kind: 'user', id: 'u1', name: 'Ada', role: 'operator', sessionId: null }
  const calls = 100_000
  const ns = await medianNs(calls, () => {
    for (let i = 0; i < calls; i += 1) authorise(principal, 'circuits.command')
  })
  return measure('permission check', [ns / NS_PER_US, 'µs'], { at: 'most', value: 5 })
}

/** A session as calls look it up: remembered, and asked of the database. */
async function sessions({ runtime, desk, person }: GuardedStage): Promise<Measure[]> {
  const { email } = await person('operator')
  const answer = await (await desk.signIn()).withPassword({ login: email, password: PASSWORD }, BROWSER)
  if ('refused' in answer) throw new Error(answer.refused)
  const headers = new Headers({ cookie: answer.cookies.map((line) => line.split(';')[0]).join('; ') })
  const timed = async (forget: boolean) => {
    const took: number[] = []
    for (let i = 0; i < LOOK_UPS; i += 1) {
      if (forget) desk.forgetSessions()
      const begun = performance.now()
      const principal = await runtime.access.identify(headers, OURSELVES)
      took.push(performance.now() - begun)
      if (principal === null) throw new Error('The session is not known.')
    }
    return median(took)
  }
  return [
    measure('session look-up, remembered', [await timed(false), 'ms'], { at: 'most', value: 1 }),
    measure('session look-up, asked of the database', [await timed(true), 'ms']),
  ]
}

/** Whether the time of a refusal tells an unknown user from a wrong password. */
async function guesses({ desk, person }: GuardedStage): Promise<Measure[]> {
  const { email } = await person('viewer')
  const signIn = await desk.signIn()
  const timed = async (login: string) => {
    const took: number[] = []
    for (let i = 0; i < GUESSES; i += 1) {
      const begun = performance.now()
      await signIn.withPassword({ login, password: 'wrong horse battery' }, BROWSER)
      took.push(performance.now() - begun)
    }
    return median(took)
  }
  return [
    measure('refusal of a wrong password', [await timed(email), 'ms']),
    measure('refusal of an unknown user', [await timed('nobody@example.org'), 'ms']),
  ]
}

/** Hashing is not the loop's work. */
async function signIns({ desk, person }: GuardedStage): Promise<Measure> {
  const { email } = await person('viewer')
  const signIn = await desk.signIn()
  const loop = monitorEventLoopDelay({ resolution: 1 })
  const endsAt = performance.now() + SIGN_INS_MS
  const under: Promise<unknown>[] = []
  loop.enable()
  while (performance.now() < endsAt) {
    under.push(signIn.withPassword({ login: email, password: PASSWORD }, BROWSER))
    await delay(1_000 / SIGN_INS_A_SECOND)
  }
  loop.disable()
  await Promise.all(under)
  return measure('event-loop delay p99 at 5 sign-ins a second', [loop.percentile(99) / NS_PER_MS, 'ms'], {
    at: 'most',
    value: 5,
  })
}
