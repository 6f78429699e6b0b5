import type { PlanParts, TcpPlan } from './probe-plan.ts'

/** A probe that opens a connection to the base URL's host and port, and closes it. */
export function planTcp({ base }: PlanParts): TcpPlan {
  return {
    type: 'tcp',
    host: base.hostname.replace(/^\[|\]$/g, ''),
    port: Number(base.port) || (base.protocol === 'https:' ? 443 : 80),
  }
}
