import type { TargetPolicy } from '#lib/domain/target-policy.ts'
import type { Secrets, Upstream } from '#lib/services/ports.ts'
import { failed } from './failure.ts'
import { createKeyReader, type ResolveReference } from './key-reader.ts'
import type { Resolve } from './lookup.ts'
import { CarriedCall } from './carried-call.ts'
import { createTargetGuard } from './target-guard.ts'
import { createConnections } from './upstream-connections.ts'
import { createTargetFinder } from './upstream-target.ts'

/** What an upstream is made of. `now` counts ms with their fractions. */
export type UpstreamOptions = {
  now: () => number
  secrets: Pick<Secrets, 'open'>
  resolveReference: ResolveReference
  /** Which places besides the internet may be called. */
  targets: TargetPolicy
  /** Stands in for the system's name resolution. */
  resolve?: Resolve
}

/** An upstream over connections of its own: kept ones for each provider's origin, shared with no probe. */
export function createUpstream(options: UpstreamOptions): Upstream {
  const connections = createConnections(createTargetGuard(options.targets, options.resolve))
  const readKey = createKeyReader(options.secrets, options.resolveReference)
  const findTarget = createTargetFinder(options.secrets)
  return {
    call: (request, listener) => {
      const call = new CarriedCall(request, listener, { connections, findTarget, now: options.now })
      const found = readKey(request.provider)
      if (found instanceof Promise) {
        void found.then(
          (late) => call.begin(late),
          () => call.begin({ key: null, failure: failed('secret_missing') }),
        )
      } else call.begin(found)
      return call
    },
    close: () => connections.close(),
  }
}
