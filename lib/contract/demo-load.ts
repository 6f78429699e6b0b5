import { z } from 'zod'

/** The pace of the demo's traffic that a newcomer may ask for. */
export const setDemoLoadSchema = z.strictObject({
  requestsPerSecond: z.int('a whole number').min(0, 'at least 0').max(200, 'at most 200'),
})
export type SetDemoLoad = z.infer<typeof setDemoLoadSchema>

/** The demo's traffic: its pace, and what has become of its requests since the demo began. */
export const demoLoadSchema = z.object({
  requestsPerSecond: z.int(),
  sent: z.int(),
  /** Requests that got no good answer, those given up by the client aside. */
  failed: z.int(),
  inFlight: z.int(),
})
export type DemoLoad = z.infer<typeof demoLoadSchema>
