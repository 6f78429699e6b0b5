import type { Notification } from '#lib/domain/alerts/notification.ts'
import type { Engine } from '../engine.ts'
import type { SettingsRecord } from '../records.ts'
import { deliveriesOf } from './notification-of.ts'
import type { DeliveryRecord } from './records.ts'

const MOST_TITLE = 120

/**
 * What is told of a change of settings: to PagerDuty alone, which shows changes beside incidents; to anybody else it
 * would be noise.
 */
export function settingsNotices(
  { alerting }: Pick<Engine, 'alerting'>,
  record: SettingsRecord,
): DeliveryRecord[] {
  const { version, actor, reason, at } = record
  const channels = [...alerting.channels.values()]
    .filter(({ kind, enabled }) => kind === 'pagerduty' && enabled)
    .map(({ id }) => id)
  const notification: Notification = {
    id: `settings-${version}`,
    notice: 'settings_changed',
    incident: null,
    severity: 'info',
    title: `Settings of Switchyard, version ${version}: ${reason ?? 'no reason given'}`.slice(0, MOST_TITLE),
    text: `${actor} changed the settings of Switchyard.`,
    link: alerting.world.linkTo('/settings'),
    at,
  }
  return deliveriesOf(notification, { channels, sequence: version })
}
