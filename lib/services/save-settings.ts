import type { Author } from '#lib/domain/access/author.ts'
import type { Settings, SettingsVersion } from '#lib/contract/settings.ts'
import type { AuditRecord } from '#lib/domain/audit.ts'
import { AppError } from '#lib/domain/errors.ts'
import { emptyAlerting } from './alerts/records.ts'
import { settingsNotices } from './alerts/settings-notice.ts'
import { putSettingsInForce } from './configure-provider.ts'
import { emptyEntry } from './drive-circuit.ts'
import type { Engine } from './engine.ts'
import { isPersisted } from './persisted.ts'
import { presentSettings } from './present/settings.ts'
import { recordAction } from './record-action.ts'
import { sameSettings } from './same-settings.ts'

/**
 * Puts new settings in force as the next version; settings that change nothing make none, and answer with the one in
 * force. Throws `conflict` with the version in force when it is not the expected one, and `invalid_input` when they
 * name a provider that does not exist.
 */
export async function saveSettings(
  engine: Engine,
  { settings, expectedVersion, reason }: { settings: Settings; expectedVersion: number; reason: string },
  author: Author,
): Promise<SettingsVersion> {
  const { settings: inForce, settingsPersisted } = engine.fleet
  if (inForce.version === expectedVersion && sameSettings(inForce.settings, settings)) {
    return presentSettings(inForce, settingsPersisted)
  }
  return putNextVersion(engine, {
    settings,
    expectedVersion,
    action: { action: 'settings.save', ...author, reason },
    summary: (version) => `settings changed to version ${version}`,
  })
}

type NextVersion = {
  settings: Settings
  expectedVersion: number
  action: Pick<AuditRecord, 'action' | keyof Author> & { reason: string }
  summary: (version: number) => string
}

/** Puts the settings in force as the next version, whatever they change; refuses as `saveSettings` does. */
export async function putNextVersion(
  engine: Engine,
  { settings, expectedVersion, action, summary }: NextVersion,
): Promise<SettingsVersion> {
  const { fleet, clock, scheduler, journal } = engine
  const inForce = fleet.settings
  refuseStale(engine, expectedVersion)
  refuseUnknownProviders(engine, settings)
  const version = inForce.version + 1
  const { actor, reason } = action
  const record = { version, at: clock.now(), actor, reason, settings }
  putSettingsInForce(fleet, record)
  const done = recordAction(engine, {
    ...action,
    entity: { type: 'settings', id: String(version) },
    summary: summary(version),
    before: { version: inForce.version, settings: inForce.settings },
    after: { version, settings },
  })
  scheduler.refresh()
  fleet.settingsPersisted = false
  const deliveries = settingsNotices(engine, record)
  const alerting = { ...emptyAlerting, deliveries }
  const written = journal.commit({ ...emptyEntry, settings: [record], audit: [done], alerting }).then(() => {
    if (fleet.settings.version === version) fleet.settingsPersisted = true
    engine.alerting.outbox.add(deliveries)
  })
  return presentSettings(record, await isPersisted(engine, written))
}

function refuseStale({ fleet }: Engine, expectedVersion: number): void {
  const { settings: inForce, settingsPersisted } = fleet
  if (inForce.version === expectedVersion) return
  throw new AppError(
    'conflict',
    `The settings were changed meanwhile: version ${inForce.version} is in force.`,
    {
      facts: { currentVersion: inForce.version, current: presentSettings(inForce, settingsPersisted) },
    },
  )
}

function refuseUnknownProviders({ fleet }: Engine, settings: Settings): void {
  const fields = Object.keys(settings.providers)
    .filter((id) => !fleet.entries.has(id))
    .map((id) => ({ path: `settings.providers.${id}`, message: `there is no provider "${id}"` }))
  if (fields.length > 0)
    throw new AppError('invalid_input', 'The settings name unknown providers.', { fields })
}
