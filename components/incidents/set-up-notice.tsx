'use client'

import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { incidentQueries } from '#lib/client/incident-queries.ts'

/** Says that rules look for trouble but nobody would be told of it; nothing where a channel is there. */
export function SetUpNotice() {
  const { data } = useQuery(incidentQueries.setUp())
  if (data === undefined || data.hasChannels || !data.hasRules) return null
  return (
    <Notice
      tone="warn"
      title="Incidents are told to nobody"
      actions={
        <ButtonLink size="small" href="/settings/channels" needs="alerts.write" prefetch={false}>
          Channels
        </ButtonLink>
      }
    >
      There is no channel yet: they are seen on this page only.
    </Notice>
  )
}
