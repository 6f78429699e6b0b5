import { queryOptions } from '@tanstack/react-query'
import { pageOf } from '#lib/contract/check.ts'
import { incidentRowSchema } from '#lib/contract/incident-row.ts'
import { serverNow } from './clock.ts'
import { readAll } from './read-all.ts'

const incidentsPage = pageOf(incidentRowSchema)

/** All incidents that are not over, those that fire first. In a file of its own because every page asks for it. */
export const openIncidentsQuery = () =>
  queryOptions({
    queryKey: ['incidents', 'open'],
    queryFn: async ({ signal }) => {
      const incidents = await readAll('/api/alerts/incidents/open', incidentsPage, signal)
      return { incidents, asOf: new Date(serverNow()).toISOString() }
    },
    staleTime: 4_000,
  })
