import type { SettingsVersion } from '#lib/contract/settings.ts'
import type { Engine } from './engine.ts'
import type { Page, Paged } from './ports.ts'

const PAGE_SIZE = 50

/** A page of the settings' earlier versions, newest first. */
export async function readSettingsVersions(
  engine: Engine,
  page: { [Name in keyof Page]?: Page[Name] | undefined },
): Promise<Paged<SettingsVersion>> {
  const { items, nextCursor } = await engine.reader.settingsVersions({
    cursor: page.cursor ?? null,
    limit: page.limit ?? PAGE_SIZE,
  })
  return {
    items: items.map((version) => ({ ...version, at: new Date(version.at).toISOString(), persisted: true })),
    nextCursor,
  }
}
