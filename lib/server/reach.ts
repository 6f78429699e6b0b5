import type { ServerEnv } from './env.ts'

type Front = Pick<ServerEnv, 'publicOrigin' | 'basePath' | 'trustedProxies' | 'hstsMs' | 'limitedClients'>
type Place = { host: string; port: number }

/** How browsers and programs come to the console: where it listens, and what stands in front of it. */
export type Reach = Place & Front

/** How the console is come to where it listens at `place`. */
export function reachOf(front: Front, { host, port }: Place): Reach {
  const { publicOrigin, basePath, trustedProxies, hstsMs, limitedClients } = front
  return { host, port, publicOrigin, basePath, trustedProxies, hstsMs, limitedClients }
}

/** Where nothing stands in front. */
export const directReach = (place: Place): Reach =>
  reachOf(
    { publicOrigin: null, basePath: '', trustedProxies: [], hstsMs: null, limitedClients: 'remote' },
    place,
  )
