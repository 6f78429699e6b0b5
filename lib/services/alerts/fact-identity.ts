import type { Subject } from '#lib/domain/alerts/notification.ts'
import { subjectKeyOf } from '#lib/domain/alerts/subject.ts'
import type { Provider } from '#lib/domain/provider.ts'

/** What facts say of whom they are about. */
export const identityOf = <S extends Subject>(subject: S, provider: Provider | null) => ({
  type: subject.type as S['type'],
  key: subjectKeyOf(subject),
  subject,
  providerId: provider?.id ?? null,
  tags: provider?.tags ?? NONE,
})
const NONE: readonly string[] = []

/** A provider's and its circuits'. */
type Identities = {
  own: ReturnType<typeof ownIdentity>
  ofCircuit: (model: string | null) => CircuitIdentity
}
type CircuitIdentity = ReturnType<typeof circuitIdentity>

const known = new WeakMap<Provider, Identities>()

/** What facts say of a provider and its circuits, made once for each of its versions: there are thousands every second. */
export function identitiesOf(provider: Provider): Identities {
  const held = known.get(provider)
  if (held !== undefined) return held
  const circuits = new Map<string | null, CircuitIdentity>()
  const made: Identities = {
    own: ownIdentity(provider),
    ofCircuit: (model) => {
      const before = circuits.get(model)
      if (before !== undefined) return before
      const identity = circuitIdentity(provider, model)
      circuits.set(model, identity)
      return identity
    },
  }
  known.set(provider, made)
  return made
}

const ownIdentity = (provider: Provider) =>
  identityOf({ type: 'provider', id: provider.id, name: provider.name } as const, provider)

const circuitIdentity = (provider: Provider, model: string | null) =>
  identityOf({ type: 'circuit', id: provider.id, name: provider.name, model } as const, provider)
