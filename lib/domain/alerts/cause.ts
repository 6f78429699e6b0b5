import type { AlertLabels } from './alert.ts'
import { subjectKeyOf } from './subject.ts'

/** The cause of an outage that many providers have in common. */
export const FLEET = 'fleet'

/** What an alert is put down to, unless the fleet is: its provider, its route, or the monitor. */
export function causeOf({
  providerId,
  subject,
  subjectKey,
}: Pick<AlertLabels, 'providerId' | 'subject' | 'subjectKey'>): string {
  if (providerId === null || subject.type === 'provider') return subjectKey
  return subjectKeyOf({
    type: 'provider',
    id: providerId,
    name: subject.type === 'monitor' ? '' : subject.name,
  })
}

/** Whether a cause is a provider. */
export const isProvider = (cause: string): boolean => cause.startsWith('provider:')
