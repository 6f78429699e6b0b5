import { z } from 'zod'
import { durationSchema } from './duration.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** How long what happens at once is gathered, and how often somebody is told of one incident. */
export const alertSettingsSchema = z.strictObject({
  groupWait: durationSchema(0, 10 * MINUTE_MS),
  groupInterval: durationSchema(MINUTE_MS, 24 * HOUR_MS),
  repeat: durationSchema(10 * MINUTE_MS, 7 * 24 * HOUR_MS),
})

/** Of a new installation, and of settings that were stored before there were alerts. */
export const DEFAULT_ALERT_SETTINGS: z.infer<typeof alertSettingsSchema> = {
  groupWait: '30s',
  groupInterval: '5m',
  repeat: '4h',
}
