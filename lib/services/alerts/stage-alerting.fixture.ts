import type { SelfHealth } from '#lib/contract/monitor.ts'
import type { Delivery } from '#lib/contract/channel.ts'
import type { Notification } from '#lib/domain/alerts/notification.ts'
import type { Clock, Journal } from '../ports.ts'
import { type Alerting, createAlerting } from './alerting.ts'
import { REACH_NOBODY } from './reach-nobody.ts'
import type { StoredChannel } from './channel.ts'
import type { RestoredAlerting } from './records.ts'

export const WELL: SelfHealth = {
  status: 'ok',
  version: '0.0.0',
  uptimeMs: 0,
  checks: { database: 'ok', scheduler: 'ok', eventLoop: 'ok', egress: 'off' },
}

/** What a test says of the world around alerting. */
export type StagedWorld = {
  self: () => SelfHealth
  deliver: (channel: StoredChannel, notification: Notification) => Promise<Delivery>
}

type Parts = { restored: RestoredAlerting; journal: Pick<Journal, 'commit'>; clock: Clock }

/** Alerting that is well and whose channels take everything, unless the test says otherwise. */
export const stageAlerting = (parts: Parts, world: Partial<StagedWorld> = {}): Alerting =>
  createAlerting({
    ...parts,
    random: () => 0.5,
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    world: {
      selfHealth: world.self ?? (() => WELL),
      ...REACH_NOBODY,
      linkTo: (path) => `https://console.example.com${path}`,
      door: { ...REACH_NOBODY.door, deliver: world.deliver ?? REACH_NOBODY.door.deliver },
    },
  })
