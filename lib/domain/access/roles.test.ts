import { describe, expect, it } from 'vitest'
import { authorOf } from './author.ts'
import { may, type Principal } from './principal.ts'
import { LEAST_ROLE, type Permission, ROLES, SCOPE_PERMISSIONS, type Scope } from './roles.ts'

const user = (role: (typeof ROLES)[number]): Principal => ({
  kind: 'user',
  id: 'u1',
  name: 'ops-1',
  role,
  sessionId: null,
})
const key = (...scopes: Scope[]): Principal => ({ kind: 'api-key', id: 'k1', name: 'ci', scopes })
const permissions = Object.keys(LEAST_ROLE) as Permission[]
const allowed = (principal: Principal) => permissions.filter((one) => may(principal, one))

describe('roles', () => {
  it('each may what the ones before it may, and an administrator may all', () => {
    const [viewer, operator, administrator] = ROLES.map((role) => allowed(user(role)))
    expect(operator).toEqual(expect.arrayContaining(viewer!))
    expect(administrator).toEqual(permissions)
    expect(viewer!.length).toBeLessThan(operator!.length)
    expect(operator!.length).toBeLessThan(administrator!.length)
  })

  it('a viewer changes nothing of the fleet', () => {
    expect(
      allowed(user('viewer')).filter((one) => /\.(write|command|run|backup|select|report)$/.test(one)),
    ).toEqual([])
  })

  it('an operator holds circuits but does not configure', () => {
    const operator = allowed(user('operator'))
    expect(operator).toContain('circuits.command')
    expect(operator).not.toContain('providers.write')
    expect(operator).not.toContain('users.manage')
  })
})

describe('keys', () => {
  it('may what their scopes say and nothing else', () => {
    expect(allowed(key('metrics'))).toEqual(['metrics.read'])
    expect(allowed(key('outcomes', 'metrics')).toSorted()).toEqual([
      'markers.write',
      'metrics.read',
      'outcomes.report',
    ])
    expect(allowed(key())).toEqual([])
  })

  it('can be made for no purpose that manages users, keys or a profile', () => {
    const all = new Set<Permission>(Object.values(SCOPE_PERMISSIONS).flat())
    expect([...all].filter((one) => /^(users|api-keys|profile)\./.test(one))).toEqual([])
  })
})

describe('an author', () => {
  const from = { address: '192.0.2.7', requestId: 'r1' }

  it('is told apart from another of the same name', () => {
    expect(authorOf(user('viewer'), from)).toEqual({ actor: 'ops-1', actorId: 'user:u1', ...from })
    expect(authorOf(key('read'), from)).toEqual({ actor: 'ci', actorId: 'api-key:k1', ...from })
    expect(authorOf({ kind: 'anyone' }, from)).toEqual({ actor: 'operator', actorId: 'anyone', ...from })
    const before = authorOf(null, from)
    expect(authorOf(key('read'), before)).toMatchObject({ actor: 'ci', ...from })
    expect(before).toEqual({ actor: 'nobody', actorId: 'nobody', ...from })
  })
})
