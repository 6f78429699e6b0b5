import type { SettingsVersion as SettingsRow } from '#prisma/generated/client.ts'
import { settingsSchema } from '#lib/contract/settings.ts'
import type { Page, Paged } from '#lib/services/ports.ts'
import type { SettingsRecord } from '#lib/services/records.ts'
import { pageOfRows, readNumberCursor } from '../storage/cursor.ts'
import type { Db } from './client.ts'
import { readable, type Warn } from './readable.ts'

/** The version a row stands for. Throws when its settings are not what they must be today. */
export const settingsOfRow = ({ at, settings, ...row }: SettingsRow): SettingsRecord => ({
  ...row,
  at: Number(at),
  settings: settingsSchema.parse(settings),
})

const name = ({ version }: SettingsRow) => `Version ${version} of the settings`

/** One page of the settings' versions, newest first. */
export async function readSettingsVersions(db: Db, page: Page, warn: Warn): Promise<Paged<SettingsRecord>> {
  const after = readNumberCursor(page.cursor)
  const rows = await db.settingsVersion.findMany({
    ...(after === null ? {} : { where: { version: { lt: after.id } } }),
    orderBy: { version: 'desc' },
    take: page.limit + 1,
  })
  return pageOfRows(rows, page, {
    show: (row) => readable([row], settingsOfRow, { name, warn })[0] ?? null,
    position: ({ at, version }) => ({ at: Number(at), id: version }),
  })
}

/** One version of the settings; null when there is none, or none that can be read. */
export async function readSettingsVersion(
  db: Db,
  version: number,
  warn: Warn,
): Promise<SettingsRecord | null> {
  const row = await db.settingsVersion.findUnique({ where: { version } })
  return row === null ? null : (readable([row], settingsOfRow, { name, warn })[0] ?? null)
}
