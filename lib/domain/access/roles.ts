/** What a user may be; each role may all that the ones before it may. */
export const ROLES = ['viewer', 'operator', 'administrator'] as const
export type Role = (typeof ROLES)[number]

/** The one table of permissions: what may be done, and the least role that may. */
export const LEAST_ROLE = {
  /** Fleet, history, circuits, routes, settings: everything that is looked at and holds no secret. */
  'console.read': 'viewer',
  'metrics.read': 'viewer',
  /** A decision that is only looked at. */
  'routes.simulate': 'viewer',
  /** One's own password, second factor and sessions. */
  'profile.manage': 'viewer',
  'circuits.command': 'operator',
  'checks.run': 'operator',
  'markers.write': 'operator',
  /** Acknowledge an incident, write a note to it, send again what did not arrive. */
  'incidents.command': 'operator',
  'silences.write': 'operator',
  'outcomes.report': 'operator',
  /** A decision that takes a permit, as a gateway asks for it. */
  'routes.select': 'operator',
  'demo.command': 'operator',
  'audit.read': 'operator',
  'providers.write': 'administrator',
  'settings.write': 'administrator',
  'routes.write': 'administrator',
  /** Alert rules, and the channels that they tell. */
  'alerts.write': 'administrator',
  'client-keys.write': 'administrator',
  'users.manage': 'administrator',
  'api-keys.manage': 'administrator',
  'data.backup': 'administrator',
} as const satisfies Record<string, Role>

export type Permission = keyof typeof LEAST_ROLE

/** What a machine's key may be made for, and the permissions that each purpose gives it. */
export const SCOPE_PERMISSIONS = {
  read: ['console.read', 'metrics.read', 'routes.simulate'],
  select: ['routes.simulate', 'routes.select'],
  outcomes: ['outcomes.report', 'markers.write'],
  metrics: ['metrics.read'],
  operate: [
    'console.read',
    'circuits.command',
    'checks.run',
    'markers.write',
    'incidents.command',
    'silences.write',
  ],
  config: [
    'console.read',
    'routes.simulate',
    'providers.write',
    'settings.write',
    'routes.write',
    'alerts.write',
    'client-keys.write',
  ],
} as const satisfies Record<string, readonly Permission[]>

export type Scope = keyof typeof SCOPE_PERMISSIONS

/** Whether the role is at least the one that the permission asks for. */
export const roleMay = (role: Role, permission: Permission): boolean =>
  ROLES.indexOf(role) >= ROLES.indexOf(LEAST_ROLE[permission])

/** Whether any of the scopes gives the permission. */
export const scopesMay = (scopes: readonly Scope[], permission: Permission): boolean =>
  scopes.some((scope) => (SCOPE_PERMISSIONS[scope] as readonly Permission[]).includes(permission))
