import { isoTime } from '#lib/domain/alerts/template-values.ts'
import type { NotifiedAlert } from '#lib/domain/alerts/notification.ts'
import { type Form, JSON_TYPE } from './form.ts'

/**
 * All there is to know, for programs: the envelope that Standard Webhooks recommends (type, timestamp, data), times as
 * RFC 3339.
 */
export const jsonForm: Form = ({ notification }) => {
  const { id, notice, incident, severity, title, text, link, at } = notification
  const body = {
    type: typeOf(notice),
    timestamp: isoTime(at),
    data: {
      id,
      notice,
      severity,
      title,
      text,
      link,
      incident:
        incident === null
          ? null
          : {
              ...incident,
              startedAt: isoTime(incident.startedAt),
              resolvedAt: incident.resolvedAt === null ? null : isoTime(incident.resolvedAt),
              alerts: incident.alerts.map(alertOf),
            },
    },
  }
  return { headers: JSON_TYPE, body: JSON.stringify(body) }
}

/** Full-stop delimited, as the specification names types: `incident.triggered`, `settings.changed`, `channel.test`. */
function typeOf(notice: string): string {
  if (notice === 'settings_changed') return 'settings.changed'
  return notice === 'test' ? 'channel.test' : `incident.${notice}`
}

const alertOf = (alert: NotifiedAlert) => ({ ...alert, since: isoTime(alert.since) })
