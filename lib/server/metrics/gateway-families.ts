import { GATEWAY_ERRORS } from '#lib/gateway/errors.ts'
import type { Engine } from '#lib/services/engine.ts'
import type { Family } from '#lib/services/metrics/family.ts'

/** What the gateway answers by itself. */
export const GATEWAY_FAMILIES: readonly Family<Engine>[] = [
  {
    name: 'switchyard_gateway_errors_total',
    help: 'Errors that the gateway answered by itself, by code: refusals before any route, and requests that nobody could serve.',
    type: 'counter',
    labels: ['code'],
    read: ({ routing }) =>
      Object.keys(GATEWAY_ERRORS).map((code) => ({
        labels: { code },
        value: routing.gatewayErrors.get(code) ?? 0,
      })),
  },
]
