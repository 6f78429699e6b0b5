import type { SettingsVersion } from '#lib/contract/settings.ts'
import type { Engine } from './engine.ts'
import { presentSettings } from './present/settings.ts'

/** The settings in force. */
export const readSettings = ({ fleet }: Engine): SettingsVersion =>
  presentSettings(fleet.settings, fleet.settingsPersisted)
