export const SEVERITIES = ['info', 'warning', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export const INCIDENT_STATES = ['pending', 'firing', 'recovering', 'resolved'] as const
export type IncidentState = (typeof INCIDENT_STATES)[number]
