import type { Metadata } from 'next'
import { NewChannelPage } from '#components/channels/new-channel-page.tsx'
import { CHANNEL_KINDS } from '#lib/domain/alerts/channel.ts'

export const metadata: Metadata = { title: 'New channel' }

type Props = { searchParams: Promise<{ kind?: string | string[] }> }

/** The form of a new channel: `?kind=slack` says of which kind. */
export default async function Page({ searchParams }: Props) {
  const { kind } = await searchParams
  return <NewChannelPage kind={CHANNEL_KINDS.find((known) => known === kind) ?? null} />
}
