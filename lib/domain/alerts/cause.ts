import type { AlertLabels } from './alert.ts'
import { subjectKeyOf } from './subject.ts'

/** The cause of an outage that many providers have in common. */
export const FLEET = 'fleet'

/** What an alert is put down to, unless the fleet is: its provider, its route, or the monitor. */
export function causeOf({ providerId, subject, subjectKey }: AlertLabels): string {
  if (providerId === null) return subjectKey
  return subjectKeyOf({
    type: 'provider',
    id: providerId,
    name: subject.type === 'monitor' ? '' : subject.name,
  })
}

/** One rule about one subject, as a key. */
export const alertKeyOf = ({ ruleId, subjectKey }: Pick<AlertLabels, 'ruleId' | 'subjectKey'>): string =>
  `${ruleId} ${subjectKey}`
