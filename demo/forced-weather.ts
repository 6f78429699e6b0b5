import { z } from 'zod'
import { type Conditions, RETRY_AFTER_FORMATS } from './weather.ts'

const share = z.number().gt(0).max(1).default(1)
/** How long it holds, ms; without it until the next order. */
const forMs = z.int().min(1).max(3_600_000).optional()

/** An order to a simulated provider: a condition laid over its weather, or `script` for the weather again. */
export const forcedWeatherSchema = z.discriminatedUnion('condition', [
  z.strictObject({ condition: z.literal('script') }),
  z.strictObject({ condition: z.literal('up'), forMs }),
  z.strictObject({ condition: z.literal('down'), forMs }),
  z.strictObject({ condition: z.literal('slow'), ms: z.int().min(0).max(600_000), forMs }),
  z.strictObject({ condition: z.literal('status'), status: z.int().min(400).max(599), share, forMs }),
  z.strictObject({ condition: z.literal('hang'), share, forMs }),
  z.strictObject({ condition: z.literal('reset'), share, forMs }),
  z.strictObject({ condition: z.literal('bad-body'), share, forMs }),
  z.strictObject({
    condition: z.literal('rate-limit'),
    seconds: z.number().min(0).max(3_600).default(8),
    format: z.enum(RETRY_AFTER_FORMATS).optional(),
    share,
    forMs,
  }),
])
export type ForcedWeather = z.infer<typeof forcedWeatherSchema>
export type WeatherOrder = z.input<typeof forcedWeatherSchema>

/** Fine weather, exactly: what `up` means, and what every other order departs from in one way. */
const FINE = {
  reachable: true,
  sigma: 0,
  errorShare: 0,
  hangShare: 0,
  resetShare: 0,
  badBodyShare: 0,
  rateLimitShare: 0,
}

/** The conditions under an order; `script` leaves them as they are. */
export function underOrder(conditions: Conditions, order: ForcedWeather): Conditions {
  return order.condition === 'script' ? conditions : { ...conditions, ...FINE, ...departure(order) }
}

function departure(order: Exclude<ForcedWeather, { condition: 'script' }>): Partial<Conditions> {
  switch (order.condition) {
    case 'up':
      return {}
    case 'down':
      return { reachable: false }
    case 'slow':
      return { medianMs: order.ms }
    case 'status':
      return { errorShare: order.share, errorStatuses: [order.status] }
    case 'hang':
      return { hangShare: order.share }
    case 'reset':
      return { resetShare: order.share }
    case 'bad-body':
      return { badBodyShare: order.share }
    case 'rate-limit': {
      const format = order.format === undefined ? {} : { retryAfterFormat: order.format }
      return { rateLimitShare: order.share, retryAfterSeconds: order.seconds, ...format }
    }
  }
}
