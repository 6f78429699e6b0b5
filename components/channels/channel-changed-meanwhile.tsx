'use client'

import { useQuery } from '@tanstack/react-query'
import { FormChangedMeanwhile } from '#components/settings/form-changed-meanwhile.tsx'
import { alertQueries } from '#lib/client/alert-queries.ts'
import type { ChannelState } from '#lib/contract/channel.ts'
import { CHANNEL_LABELS, type ChannelForm, channelForm } from '#lib/view/channel-form.ts'
import { rebaseForm, sideConflicts } from '#lib/view/form-sides.ts'

type Props = {
  stored: ChannelState
  mine: () => ChannelForm
  onChosen: (latest: ChannelState, values: ChannelForm) => void
}

/** Says that others changed the channel since the form was opened, and shows both sides. */
export function ChannelChangedMeanwhile({ stored, mine, onChosen }: Props) {
  const { data: latest } = useQuery(alertQueries.channel(stored.id))
  if (latest === undefined) return null
  const theirs = channelForm(latest)
  const sides = () => ({ base: channelForm(stored), mine: mine(), theirs })
  return (
    <FormChangedMeanwhile
      name={latest.name}
      began={stored.version}
      latest={latest.version}
      conflicts={() => sideConflicts(CHANNEL_LABELS, sides())}
      onTheirs={() => onChosen(latest, theirs)}
      onMine={() => onChosen(latest, rebaseForm(CHANNEL_LABELS, sides()))}
    />
  )
}
