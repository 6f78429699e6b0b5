'use client'

import { useQuery } from '@tanstack/react-query'
import { FormChangedMeanwhile } from '#components/settings/form-changed-meanwhile.tsx'
import { alertQueries } from '#lib/client/alert-queries.ts'
import type { ChannelState } from '#lib/contract/channel.ts'
import { CHANNEL_LABELS, type ChannelForm, channelForm } from '#lib/view/channel-form.ts'

type Props = {
  stored: ChannelState
  mine: () => ChannelForm
  onChosen: (latest: ChannelState, values: ChannelForm) => void
}

/** Says that others changed the channel since the form was opened, and shows both sides. */
export function ChannelChangedMeanwhile(props: Props) {
  const reading = useQuery(alertQueries.channel(props.stored.id))
  return (
    <FormChangedMeanwhile
      {...props}
      reading={reading}
      latest={reading.data}
      labels={CHANNEL_LABELS}
      formOf={channelForm}
    />
  )
}
