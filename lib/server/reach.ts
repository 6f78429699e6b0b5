import type { ServerEnv } from './env.ts'

type Front = Pick<ServerEnv, 'publicOrigin' | 'trustedProxies' | 'hstsMs'>
type Place = { host: string; port: number }

/** How browsers and programs come to the console: where it listens, and what stands in front of it. */
export type Reach = Place & Front

/** How the console is come to where it listens at `place`. */
export const reachOf = ({ publicOrigin, trustedProxies, hstsMs }: Front, { host, port }: Place): Reach => ({
  host,
  port,
  publicOrigin,
  trustedProxies,
  hstsMs,
})

/** Where nothing stands in front. */
export const directReach = (place: Place): Reach =>
  reachOf({ publicOrigin: null, trustedProxies: [], hstsMs: null }, place)
