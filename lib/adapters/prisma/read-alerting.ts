import type { PrismaClient } from '#prisma/generated/client.ts'
import type { RestoredAlerting } from '#lib/services/alerts/records.ts'
import { ruleOfRow } from './alert-rule-rows.ts'
import { channelOfRow } from './channel-rows.ts'
import { deliveryOfRow } from './delivery-rows.ts'
import { incidentOfRow } from './incident-rows.ts'
import { readable, type Warn } from './readable.ts'
import { silenceOfRow } from './silence-rows.ts'

/** What a start needs of alerts. Rows that cannot be read are left out, with a warning each. */
export async function readAlerting(client: PrismaClient, warn: Warn): Promise<RestoredAlerting> {
  const rules = await client.alertRule.findMany({ orderBy: { id: 'asc' } })
  const channels = await client.channel.findMany({ orderBy: { id: 'asc' } })
  const silences = await client.silence.findMany({ orderBy: { id: 'asc' } })
  const incidents = await client.incident.findMany({ where: { resolvedAt: null }, orderBy: { id: 'asc' } })
  const waiting = await client.delivery.findMany({
    where: { state: 'waiting' },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return {
    rules: readable(rules, ruleOfRow, { name: ({ id }) => `Alert rule "${id}"`, warn }),
    channels: readable(channels, channelOfRow, { name: ({ name }) => `Channel "${name}"`, warn }),
    silences: readable(silences, silenceOfRow, { name: ({ id }) => `Silence "${id}"`, warn }),
    openIncidents: readable(incidents, incidentOfRow, { name: ({ id }) => `Incident "${id}"`, warn }),
    waitingDeliveries: readable(waiting, deliveryOfRow, { name: ({ id }) => `Delivery "${id}"`, warn }),
  }
}
