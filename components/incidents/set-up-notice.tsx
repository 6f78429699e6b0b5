'use client'

import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { incidentQueries } from '#lib/client/incident-queries.ts'

/** Says what is missing before anybody would hear of trouble: a rule, or a channel; nothing when both are there. */
export function SetUpNotice() {
  const { data } = useQuery(incidentQueries.setUp())
  if (data === undefined || (data.hasRules && data.hasChannels)) return null
  if (!data.hasRules)
    return (
      <Notice
        tone="warn"
        title="No alert rule looks for trouble yet"
        actions={
          <ButtonLink size="small" href="/settings/alert-rules" needs="alerts.write" prefetch={false}>
            Alert rules
          </ButtonLink>
        }
      >
        Without a rule there is never an incident, whatever happens to a provider.
      </Notice>
    )
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
