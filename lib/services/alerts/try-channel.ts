import type { Author } from '#lib/domain/access/author.ts'
import type { ChannelPreview, ChannelTest, Delivery } from '#lib/contract/channel.ts'
import type { DeliveryView } from '#lib/contract/incident.ts'
import type { ChannelKind } from '#lib/domain/alerts/channel.ts'
import type { Notification } from '#lib/domain/alerts/notification.ts'
import { AppError, notFound } from '#lib/domain/errors.ts'
import type { Engine } from '../engine.ts'
import { recordAudit } from '../record-audit.ts'
import type { StoredChannel } from './channel.ts'
import { channelNamed } from './configure-channels.ts'
import { presentDelivery } from './present-incident.ts'
import { saveAlerting } from './save-alerting.ts'

const TEST_MS = 15_000

/** Kinds whose test raises an alarm that stays until somebody ends it; Alertmanager's ends by itself. */
const STAYING: ReadonlySet<ChannelKind> = new Set(['pagerduty'])

/**
 * Sends a message that says it is a test, once, and tells exactly what was answered; where that leaves an alarm open,
 * the word that it is over follows. Throws `not_found`.
 */
export async function testChannel(engine: Engine, id: string, author: Author): Promise<ChannelTest> {
  const channel = channelNamed(engine, id)
  const test = testNotification(engine)
  const result = await sendOnce(engine, channel, test)
  // Of what was not answered nobody knows whether it was taken; what was refused raised nothing.
  const ending =
    STAYING.has(channel.kind) && result.outcome !== 'refused'
      ? await sendOnce(engine, channel, { ...test, notice: 'resolved', at: engine.clock.now() })
      : null
  void recordAudit(engine, {
    action: 'channel.test',
    entity: { type: 'channel', id },
    summary: `tested channel ${channel.name}: ${result.detail}${ending === null ? '' : ` Its end: ${ending.detail}`}`,
    ...author,
    outcome: 'done',
    reason: null,
    before: null,
    after: null,
  })
  return { ...result, ending }
}

const sendOnce = (
  { alerting }: Engine,
  channel: StoredChannel,
  notification: Notification,
): Promise<Delivery> =>
  alerting.world.door.deliver(channel, notification, { attempt: 1, signal: AbortSignal.timeout(TEST_MS) })

/** What a test would send, without secrets. Throws `not_found`. */
export const previewChannel = (engine: Engine, id: string): Promise<ChannelPreview> =>
  engine.alerting.world.door.preview(channelNamed(engine, id), testNotification(engine))

function testNotification({ clock, newId, alerting }: Engine): Notification {
  return {
    id: `test-${newId()}`,
    notice: 'test',
    incident: null,
    severity: 'info',
    title: 'A test from Switchyard',
    text: 'Somebody pressed the test button of this channel. Nothing is wrong.',
    link: alerting.world.linkTo('/settings/channels'),
    at: clock.now(),
  }
}

/** Tries a dead letter again. Throws `not_found`, and `conflict` where it is not dead or its channel is gone. */
export async function resendDelivery(
  engine: Engine,
  id: string,
  author: Author,
): Promise<{ delivery: DeliveryView; persisted: boolean }> {
  const { alerting, clock } = engine
  const before = await deadLetter(engine, id)
  const channel = alerting.channels.get(before.channelId)
  if (channel === undefined) throw new AppError('conflict', 'Its channel was deleted.')
  if (!channel.enabled) throw new AppError('conflict', `Channel "${channel.name}" is turned off.`)
  const now = clock.now()
  const delivery = {
    ...before,
    state: 'waiting',
    attempts: 0,
    nextAttemptAt: now,
    createdAt: now,
    endedAt: null,
  } as const
  const persisted = await saveAlerting(
    engine,
    { deliveries: [delivery] },
    {
      action: 'delivery.resend',
      entity: { type: 'channel', id: channel.id },
      summary: `sent a notification to ${channel.name} again`,
      author,
    },
  )
  alerting.outbox.add([delivery])
  return { delivery: presentDelivery(engine, delivery), persisted }
}

async function deadLetter({ reader }: Engine, id: string) {
  const delivery = await reader.delivery(id)
  if (delivery === null) throw notFound('delivery', id)
  if (delivery.state !== 'dead') throw new AppError('conflict', `It is ${delivery.state}.`)
  return delivery
}
