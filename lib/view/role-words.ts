import type { Role } from '#lib/domain/access/roles.ts'

/** What each role may, in a sentence; each may also what the ones before it may. */
export const ROLE_NOTES: Readonly<Record<Role, string>> = {
  viewer: 'Sees the fleet, its history and its settings, and changes none of it.',
  operator: 'Also forces and resets circuits, runs checks, and reads the audit.',
  administrator: 'Also changes providers, settings and routes, and lets people and machines in.',
}
