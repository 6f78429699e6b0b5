import type { SettingsVersion } from '#lib/contract/settings.ts'
import type { SettingsRecord } from '../records.ts'
import { iso } from './time.ts'

/** A version of the settings as the wire shows it. */
export const presentSettings = (record: SettingsRecord, persisted: boolean): SettingsVersion => ({
  version: record.version,
  at: iso(record.at),
  actor: record.actor,
  reason: record.reason,
  settings: record.settings,
  persisted,
})
