import type { Adapter, AdapterPayload } from 'oidc-provider'

/** What a test's OpenID Connect server remembers of one kind of thing; the one it brings warns at every start. */
export function openIdStore(): Adapter {
  const kept = new Map<string, AdapterPayload>()
  const findBy = (field: keyof AdapterPayload, value: string) =>
    Promise.resolve([...kept.values()].find((payload) => payload[field] === value))
  const change = (run: () => unknown) => {
    run()
    return Promise.resolve()
  }
  return {
    upsert: (id, payload) => change(() => kept.set(id, payload)),
    find: (id) => Promise.resolve(kept.get(id)),
    findByUid: (uid) => findBy('uid', uid),
    findByUserCode: (code) => findBy('userCode', code),
    consume: (id) =>
      change(() => kept.set(id, { ...kept.get(id), consumed: Math.floor(Date.now() / 1_000) })),
    destroy: (id) => change(() => kept.delete(id)),
    revokeByGrantId: (grantId) =>
      change(() => {
        for (const [id, payload] of kept) if (payload.grantId === grantId) kept.delete(id)
      }),
  }
}
