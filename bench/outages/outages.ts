import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { measureOf, type Measure } from '../report.ts'
import { type Child, startChild } from '../start-child.ts'
import { type Contender, startPortkeyContender, startSwitchyard } from './contenders.ts'
import { type Findings, judge, type Played } from './judge.ts'
import { type Act, ACT_MS, ACTS, CALM_MS, type Condition } from './script.ts'
import { startTraffic, type Traffic } from './traffic.ts'
import type { Arrival } from './upstreams.ts'

const measure = measureOf('outages')

/** Traffic before the first act, so that both know their providers. */
const WARM_UP_MS = 5_000

/** The same script of outages for Switchyard and then for Portkey: when each leaves the struck provider and comes back, and what its clients lose. */
export default async function outages(): Promise<Measure[]> {
  return [...(await play(startSwitchyard)), ...(await play(startPortkeyContender))]
}

async function play(start: (ports: readonly number[]) => Promise<Contender>): Promise<Measure[]> {
  const upstreams = await startChild(join(import.meta.dirname, 'upstreams.ts'))
  let contender: Contender | null = null
  let traffic: Traffic | null = null
  try {
    contender = await start(JSON.parse(upstreams.firstLine) as number[])
    traffic = startTraffic(contender.target)
    await delay(WARM_UP_MS)
    const played: { act: Act; times: Played }[] = []
    for (const act of ACTS) played.push({ act, times: await playAct(act, { upstreams, traffic }) })
    await traffic.stop()
    const arrivals = await ask<Arrival[]>(upstreams, 'report')
    const sent = traffic.sent()
    const judged = played.map(({ act, times }) => ({ act, found: judge(times, { sent, arrivals }) }))
    const trips = await contender.trips()
    const falseTrips = trips.filter((at) => !played.some(({ act, times }) => act.isOutage && isOf(times, at)))
    return measuresOf(contender.name, judged, falseTrips.length)
  } finally {
    await traffic?.stop()
    await contender?.stop()
    await upstreams.stop()
  }
}

/** An outage is to blame for what trips in it, and for a trial in the calm after it that meets what is still under way. */
const isOf = ({ from, to }: Played, at: number) => at >= from && at < to + 1_000

async function playAct(
  { condition, impatientMs }: Act,
  { upstreams, traffic }: { upstreams: Child; traffic: Traffic },
): Promise<Played> {
  traffic.setImpatience(impatientMs)
  const from = Date.now()
  await order(upstreams, condition)
  await delay(ACT_MS)
  traffic.setImpatience(null)
  const to = Date.now()
  await order(upstreams, 'fine')
  await delay(CALM_MS)
  return { from, to, calmTo: Date.now() }
}

const order = (upstreams: Child, condition: Condition) => ask<'done'>(upstreams, { condition })

async function ask<Answer>({ process: child }: Child, question: object | string): Promise<Answer> {
  const answer = once(child, 'message')
  child.send(question)
  const [found] = (await answer) as [Answer]
  return found
}

function measuresOf(
  name: string,
  judged: readonly { act: Act; found: Findings }[],
  falseTrips: number,
): Measure[] {
  const lost = judged.reduce((sum, { found }) => sum + found.lost, 0)
  const requests = judged.reduce((sum, { found }) => sum + found.requests, 0)
  return [
    ...judged.flatMap(({ act, found }) => measuresOfAct(`${name}, ${act.name}`, act, found)),
    measure(`${name}, all: requests lost`, [lost, `of ${requests}`]),
    measure(
      `${name}, all: false trips`,
      [falseTrips, ''],
      name === 'Switchyard' ? { at: 'most', value: 0 } : null,
    ),
  ]
}

function measuresOfAct(what: string, { isOutage }: Act, found: Findings): Measure[] {
  const { detectMs, recoverMs, lost, requests, p95Ms } = found
  const turns = [
    measure(`${what}: left after`, [detectMs, 'ms']),
    measure(`${what}: back after`, [recoverMs, 'ms']),
  ]
  return [
    ...(isOutage ? turns : []),
    measure(`${what}: requests lost`, [lost, `of ${requests}`]),
    measure(`${what}: p95 meanwhile`, [p95Ms, 'ms']),
  ]
}
