import { authorise } from '#lib/server/access/authorise.ts'
import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { selectProvider } from '#lib/services/routing/select-provider.ts'

export const POST = handle(operations.selectProvider, ({ engine, params, body, principal }) => {
  // One that takes a permit spends a turn and perhaps a trial; to look at a decision is less.
  if (body.dryRun !== true) authorise(principal, 'routes.select')
  return selectProvider(engine, params.name, body)
})
