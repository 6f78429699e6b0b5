import type { RouteHandler } from '#lib/server/http.ts'
import type { Method } from '#lib/server/operation.ts'

/** What a file `route.ts` exports. */
export type Handlers = Partial<Record<Method, RouteHandler>>

/**
 * The handlers in the folder of `app/api` that a path of the API names, such as `providers/[id]`. The production bundle
 * has a table of them in place of this (`scripts/bundle-server.ts`).
 */
export const loadRoute = async (folder: string): Promise<Handlers> =>
  (await import(/* @vite-ignore */ `./${folder}/route.ts`)) as Handlers
