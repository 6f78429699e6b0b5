import { ROLES, type Role } from '#lib/domain/access/roles.ts'

/** What each role may, in a sentence; each may also what the ones before it may. */
export const ROLE_NOTES: Readonly<Record<Role, string>> = {
  viewer: 'Sees the fleet, its history and its settings.',
  operator: 'Also forces and resets circuits, runs checks, and reads the audit.',
  administrator: 'Also changes providers, settings and routes, and lets people and machines in.',
}

/** All that a role may, the roles before it included. */
export const roleWords = (role: Role): string =>
  ROLES.slice(0, ROLES.indexOf(role) + 1)
    .map((one) => ROLE_NOTES[one])
    .join(' ')
