'use client'

import { PageHeading } from '#components/settings/page-heading.tsx'
import type { ChannelKind } from '#lib/domain/alerts/channel.ts'
import { newChannelForm } from '#lib/view/channel-form.ts'
import { CHANNEL_KIND_FACTS } from '#lib/view/channel-words.ts'
import { ChannelEditor } from './channel-editor.tsx'
import { KindList } from './kind-list.tsx'

/** A new channel: first its kind, then its form. */
export function NewChannelPage({ kind }: { kind: ChannelKind | null }) {
  return (
    <>
      <PageHeading title={kind === null ? 'New channel' : `New channel: ${CHANNEL_KIND_FACTS[kind].label}`}>
        {kind === null
          ? 'A channel is a way to tell somebody of an incident.'
          : `${CHANNEL_KIND_FACTS[kind].note}. Once it is created it can be tried.`}
      </PageHeading>
      {kind === null ? (
        <KindList />
      ) : (
        <ChannelEditor key={kind} initial={newChannelForm(kind)} channel={null} />
      )}
    </>
  )
}
