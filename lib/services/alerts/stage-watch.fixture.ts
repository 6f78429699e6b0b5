import { memoryStorage, type MemoryStorage } from '#lib/adapters/memory/memory-storage.ts'
import { alertRule, channel } from '#lib/adapters/storage/test-alerting-records.ts'
import type { Delivery } from '#lib/contract/channel.ts'
import type { Notification } from '#lib/domain/alerts/notification.ts'
import { RULE_DEFAULTS } from '#lib/domain/alerts/rule.ts'
import type { OutcomeClass } from '#lib/domain/outcome.ts'
import { saveAverages } from '../advance-fleet.ts'
import { emptyEntry } from '../drive-circuit.ts'
import { providerNamed, stageFleet, T0 } from '../stage-fleet.fixture.ts'
import type { RestoredAlerting } from './records.ts'
import { stageAlerting, type StagedWorld } from './stage-alerting.fixture.ts'
import { hearFleet } from './hear-fleet.ts'
import { watchAlerts } from './watch-alerts.ts'

/** What a channel was handed. */
export type Sent = { channelId: string; notification: Notification }

export const DELIVERED: Delivery = {
  outcome: 'delivered',
  status: 200,
  answer: 'ok',
  retryAfterMs: null,
  detail: 'It was taken.',
}

/** The rule that a provider is down, with a minute before it fires and two before it is over. */
export const downRule = alertRule('down', {
  rule: {
    ...RULE_DEFAULTS,
    id: 'down',
    name: 'A provider is down',
    severity: 'critical',
    condition: { type: 'provider_unhealthy' },
  },
  channels: null,
})

/** A database with these providers, the rule that one is down, and two channels. */
export const watchedStorage = (providers: readonly string[], over: Partial<RestoredAlerting> = {}) =>
  memoryStorage({
    providers: providers.map((id) => providerNamed(id)),
    alerting: {
      rules: [downRule],
      channels: [channel('ops'), channel('pager')],
      silences: [],
      openIncidents: [],
      waitingDeliveries: [],
      ...over,
    },
  })

/** A fleet that is checked every half minute and watched every second, with the clock in the test's hand. */
export function stageWatch(
  storage: MemoryStorage,
  { startAt = T0, ...world }: { startAt?: number } & Partial<StagedWorld> = {},
) {
  const staged = stageFleet(storage, startAt)
  const { engine } = staged
  const sent: Sent[] = []
  engine.alerting = stageAlerting(
    { restored: storage.restored.alerting, journal: storage.journal, clock: engine.clock },
    {
      ...world,
      deliver: (to, notification) => {
        sent.push({ channelId: to.id, notification })
        return world.deliver?.(to, notification) ?? Promise.resolve(DELIVERED)
      },
    },
  )

  hearFleet(engine)

  /** Until all that was handed to the journal is on disk, and what waited for that has gone out. */
  const settled = async () => {
    await storage.journal.commit(emptyEntry)
    await new Promise(setImmediate)
  }

  return {
    ...staged,
    sent,
    settled,
    /** So many seconds go by; a provider that is named ends its checks as said. */
    seconds: async (count: number, ends: Readonly<Record<string, OutcomeClass>> = {}) => {
      for (let second = 0; second < count; second += 1) {
        staged.drift(1_000)
        if (second % 30 === 0)
          for (const [providerId, outcomeClass] of Object.entries(ends))
            staged.see({ providerId, class: outcomeClass })
        watchAlerts(engine)
        await settled()
      }
    },
    /** Another process on what is on disk now. */
    restart: async (afterMs: number) => {
      saveAverages(staged.fleet)
      await settled()
      // Averages are written a millisecond later.
      await new Promise((resolve) => setTimeout(resolve, 20))
      engine.alerting.outbox.stop()
      return stageWatch(storage.reopen(), { ...world, startAt: engine.clock.now() + afterMs })
    },
    /** `ops triggered`, in the order in which it was sent. */
    told: () => sent.map(({ channelId, notification }) => `${channelId} ${notification.notice}`),
  }
}
