import type { AccountView, Who } from '#lib/contract/account.ts'
import { may, type Principal } from '#lib/domain/access/principal.ts'
import { LEAST_ROLE, type Permission } from '#lib/domain/access/roles.ts'
import { readProfile } from '#lib/services/access/profile.ts'
import type { Desk } from '#lib/services/access/desk.ts'
import type { Access } from './access.ts'
import type { Client } from './client.ts'

/** Who is at the browser, and what the console asks of them. Throws `unavailable` when that cannot be told. */
export async function readWho(
  { desk, identity, identify }: Access,
  { headers, client }: { headers: Headers; client: Client },
): Promise<Who> {
  const principal = await identify(headers, client)
  const permissions = (Object.keys(LEAST_ROLE) as Permission[]).filter(
    (permission) => principal !== null && may(principal, permission),
  )
  return {
    state: await stateOf(desk, principal),
    account: desk !== null && principal?.kind === 'user' ? await profileOf(desk, principal) : null,
    permissions,
    needsToken: !client.isLocal,
    identityProvider: identity?.provider ? { name: identity.provider.name } : null,
  }
}

/** A session is remembered as long as nothing about its user changes, and so may be what was read of them. */
const profiles = new WeakMap<Principal, Promise<AccountView>>()

function profileOf(desk: Desk, user: Principal & { kind: 'user' }): Promise<AccountView> {
  const known = profiles.get(user)
  if (known !== undefined) return known
  const reading = readProfile(desk, user)
  profiles.set(user, reading)
  reading.catch(() => profiles.delete(user))
  return reading
}

async function stateOf(desk: Access['desk'], principal: Principal | null): Promise<Who['state']> {
  if (desk === null) return 'open'
  if (principal !== null) return 'signed_in'
  return (await desk.isSetUp()) ? 'signed_out' : 'set_up'
}
