import type { Author } from '#lib/domain/access/author.ts'
import { settingsSchema, type SettingsVersion } from '#lib/contract/settings.ts'
import { AppError } from '#lib/domain/errors.ts'
import type { Engine } from './engine.ts'
import { putNextVersion } from './save-settings.ts'

/**
 * Puts an earlier version's settings in force again, as a new version; thresholds of providers that are gone are
 * left out. Throws `invalid_input` for an unknown version and `conflict` as `saveSettings` does.
 */
export async function revertSettings(
  engine: Engine,
  { version, expectedVersion, reason }: { version: number; expectedVersion: number; reason: string },
  author: Author,
): Promise<SettingsVersion> {
  const earlier = await engine.reader.settingsVersion(version)
  const parsed = settingsSchema.safeParse(earlier?.settings)
  if (!parsed.success) {
    const message =
      earlier === null ? `there is no version ${version}` : `version ${version} is no longer valid`
    throw new AppError('invalid_input', 'That version cannot be put in force.', {
      fields: [{ path: 'version', message }],
    })
  }
  const known = Object.entries(parsed.data.providers).filter(([id]) => engine.fleet.entries.has(id))
  return putNextVersion(engine, {
    settings: { ...parsed.data, providers: Object.fromEntries(known) },
    expectedVersion,
    action: { action: 'settings.revert', ...author, reason },
    summary: (next) => `settings reverted to those of version ${version}, as version ${next}`,
  })
}
