import type { NotifiedAlert, Notification } from './notification.ts'

/** 2026-11-28T10:00:00.000Z. */
export const AT = Date.UTC(2026, 10, 28, 10)

/** An alert about a provider; `part` says what is different about it. */
export const alertWith = (part: Partial<NotifiedAlert> = {}): NotifiedAlert => ({
  ruleId: 'provider-unhealthy',
  ruleName: 'Provider unhealthy',
  severity: 'critical',
  subject: { type: 'provider', id: 'openai', name: 'OpenAI' },
  isOver: false,
  sentence: 'unhealthy for 2 min: connect refused',
  since: AT - 120_000,
  runbookUrl: 'https://runbooks.example.com/openai',
  formerly: [],
  ...part,
})

/** What an incident is told as; `part` says what is different about it. */
export const incidentWith = (
  part: Partial<NonNullable<Notification['incident']>> = {},
): NonNullable<Notification['incident']> => ({
  id: 'inc_01',
  dedupKey: 'switchyard/inc_01',
  state: 'firing',
  startedAt: AT - 120_000,
  resolvedAt: null,
  acknowledgedBy: null,
  alerts: [alertWith()],
  ...part,
})

/** A notification about an incident; `part` says what is different about it. */
export const notificationWith = (part: Partial<Notification> = {}): Notification => ({
  id: 'ntf_01',
  notice: 'triggered',
  incident: incidentWith(),
  severity: 'critical',
  title: 'OpenAI is unhealthy',
  text: 'OpenAI has refused connections for 2 min. 3 routes use it.',
  link: 'https://switchyard.example.com/incidents/inc_01',
  at: AT,
  ...part,
})

/** The same incident, over. */
export const resolvedNotification = (): Notification =>
  notificationWith({
    id: 'ntf_02',
    notice: 'resolved',
    title: 'OpenAI is healthy again',
    incident: incidentWith({
      state: 'resolved',
      resolvedAt: AT + 60_000,
      alerts: [alertWith({ isOver: true })],
    }),
    at: AT + 61_000,
  })
