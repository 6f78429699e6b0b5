import type { AlertingEntry } from '#lib/services/alerts/records.ts'
import { ruleRow } from './alert-rule-rows.ts'
import { channelRow } from './channel-rows.ts'
import type { Db } from './client.ts'
import { DELIVERY_COLUMNS, deliveryCells } from './delivery-rows.ts'
import { INCIDENT_COLUMNS, incidentCells } from './incident-rows.ts'
import { insertNew, insertOrReplace, timeCell } from './insert-rows.ts'
import { silenceRow } from './silence-rows.ts'

/** Writes what an entry keeps of alerts. */
export async function writeAlerting(db: Db, entry: AlertingEntry): Promise<void> {
  await writeConfiguration(db, entry)
  await saveIncidents(db, entry.incidents.map(incidentCells))
  await insertEvents(
    db,
    entry.incidentEvents.map(({ id, incidentId, at, type, actor, text }) => [
      id,
      incidentId,
      timeCell(at),
      type,
      actor,
      text,
    ]),
  )
  await saveDeliveries(db, entry.deliveries.map(deliveryCells))
}

async function writeConfiguration(db: Db, entry: AlertingEntry): Promise<void> {
  for (const record of entry.rulesSaved) {
    const row = ruleRow(record)
    await db.alertRule.upsert({ where: { id: row.id }, create: row, update: row })
  }
  for (const channel of entry.channelsSaved) {
    const row = channelRow(channel)
    await db.channel.upsert({ where: { id: row.id }, create: row, update: row })
  }
  for (const silence of entry.silencesSaved) {
    const row = silenceRow(silence)
    await db.silence.upsert({ where: { id: row.id }, create: row, update: row })
  }
  if (entry.rulesDeleted.length > 0)
    await db.alertRule.deleteMany({ where: { id: { in: [...entry.rulesDeleted] } } })
  if (entry.channelsDeleted.length > 0)
    await db.channel.deleteMany({ where: { id: { in: [...entry.channelsDeleted] } } })
  if (entry.silencesDeleted.length > 0)
    await db.silence.deleteMany({ where: { id: { in: [...entry.silencesDeleted] } } })
}

const saveIncidents = insertOrReplace({ name: 'incidents', key: 'id', columns: INCIDENT_COLUMNS })
const insertEvents = insertNew({
  name: 'incident_events',
  key: 'id',
  columns: ['id', 'incident_id', 'at', 'type', 'actor', 'text'],
})
const saveDeliveries = insertOrReplace({ name: 'deliveries', key: 'id', columns: DELIVERY_COLUMNS })
