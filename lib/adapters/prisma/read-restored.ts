import type { PrismaClient, SettingsVersion } from '#prisma/generated/client.ts'
import type { RestoredState, SettingsRecord } from '#lib/services/records.ts'
import { circuitOfRow } from './circuit-rows.ts'
import { apiKeyOfRow } from './api-key-rows.ts'
import { clientKeyOfRow } from './client-key-rows.ts'
import { healthOfRow } from './health-rows.ts'
import { providerOfRow } from './provider-rows.ts'
import { readRecent } from './read-checks.ts'
import { countOfRow } from './read-decisions.ts'
import { settingsOfRow } from './read-settings.ts'
import { readable, reasonOf, type Warn } from './readable.ts'
import { readAlerting } from './read-alerting.ts'
import { routeOfRow } from './route-rows.ts'

/** What a start needs from the database, and the ids that the next check and the next part of outcomes get. */
export type Restored = { restored: RestoredState; nextCheckId: number; nextPartId: number }

/** Reads what a start needs. Rows that cannot be read are left out, with a warning each. */
export async function readRestored(client: PrismaClient): Promise<Restored> {
  const warnings: string[] = []
  const warn: Warn = (message) => void warnings.push(message)
  const providers = readable(await client.provider.findMany({ orderBy: { id: 'asc' } }), providerOfRow, {
    name: ({ id }) => `Provider "${id}"`,
    warn,
  })
  const known = new Set(providers.map(({ id }) => id))
  const ofKnown = { where: { providerId: { in: [...known] } } }
  const circuits = readable(
    await client.circuit.findMany({ ...ofKnown, orderBy: { key: 'asc' } }),
    circuitOfRow,
    {
      name: ({ key }) => `The circuit of "${key}"`,
      warn,
    },
  )
  const health = readable(
    await client.healthAverage.findMany({ ...ofKnown, orderBy: { providerId: 'asc' } }),
    healthOfRow,
    { name: ({ providerId }) => `The averages of "${providerId}"`, warn },
  )
  const settingsRow = await client.settingsVersion.findFirst({ orderBy: { version: 'desc' } })
  const settings = settingsRow === null ? null : newestSettings(settingsRow, warn)
  const recent = (await readRecent(client, warn)).filter(({ providerId }) => known.has(providerId))
  const lastSettingsVersion = settingsRow?.version ?? 0
  const routing = await readRouting(client, warn)
  const restored: RestoredState = {
    providers,
    settings,
    lastSettingsVersion,
    circuits,
    health,
    recent,
    ...routing,
    alerting: await readAlerting(client, warn),
    warnings,
  }
  const nextIds = {
    nextCheckId: await nextId(client, 'checks'),
    nextPartId: await nextId(client, 'outcome_parts'),
  }
  return { restored, ...nextIds }
}

async function readRouting(
  client: PrismaClient,
  warn: Warn,
): Promise<Pick<RestoredState, 'routes' | 'clientKeys' | 'apiKeys' | 'decisionCounts'>> {
  const routes = await client.route.findMany({ orderBy: { name: 'asc' } })
  const apiKeys = await client.apiKey.findMany({ orderBy: { id: 'asc' } })
  const keys = await client.clientKey.findMany({ orderBy: { id: 'asc' } })
  const counts = await client.decisionCount.findMany({
    orderBy: [{ route: 'asc' }, { provider: 'asc' }, { reasonCode: 'asc' }],
  })
  return {
    routes: readable(routes, routeOfRow, { name: ({ name }) => `Route "${name}"`, warn }),
    apiKeys: readable(apiKeys, apiKeyOfRow, { name: ({ name }) => `API key "${name}"`, warn }),
    clientKeys: readable(keys, clientKeyOfRow, { name: ({ name }) => `Client key "${name}"`, warn }),
    decisionCounts: readable(counts, countOfRow, {
      name: ({ route, reasonCode }) => `The count of "${reasonCode}" on route "${route}"`,
      warn,
    }),
  }
}

function newestSettings(row: SettingsVersion, warn: Warn): SettingsRecord | null {
  try {
    return settingsOfRow(row)
  } catch (error) {
    warn(
      `Version ${row.version} of the settings cannot be read (${reasonOf(error)}). The defaults are in force.`,
    )
    return null
  }
}

/** Behind all that ever were: ids of pruned rows are not given again. */
async function nextId(client: PrismaClient, table: 'checks' | 'outcome_parts'): Promise<number> {
  const [row] = await client.$queryRawUnsafe<{ last: number | bigint | null }[]>(
    `SELECT max(coalesce((SELECT max(id) FROM ${table}), 0),
                coalesce((SELECT seq FROM sqlite_sequence WHERE name = '${table}'), 0)) AS last`,
  )
  return Number(row?.last ?? 0) + 1
}
