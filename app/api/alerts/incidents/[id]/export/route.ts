import { handleRaw } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { postMortem } from '#lib/services/alerts/post-mortem.ts'
import { readIncident } from '#lib/services/alerts/read-incidents.ts'

export const GET = handleRaw(operations.exportIncident, async ({ engine, params }) => {
  const incident = await readIncident(engine, params.id)
  return new Response(postMortem(incident), {
    headers: {
      'content-type': 'text/markdown; charset=utf-8',
      'content-disposition': `attachment; filename="incident-${incident.startedAt.slice(0, 10)}.md"`,
    },
  })
})
