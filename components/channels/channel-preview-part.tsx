'use client'

import { useQuery } from '@tanstack/react-query'
import { Notice } from '#components/ui/notice.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import { alertQueries } from '#lib/client/alert-queries.ts'
import type { ChannelState } from '#lib/contract/channel.ts'
import { requestText } from '#lib/view/request-text.ts'
import styles from './request-text.module.css'

/** What a test of the channel would send, whole, with secrets as dots. */
export function ChannelPreviewPart({ channel }: { channel: ChannelState }) {
  const { data, error } = useQuery(alertQueries.channelPreview(channel.id))
  if (error !== null) return <RequestNotice error={error} title="There is no preview" isQuestion />
  if (data === undefined) return <p role="status">Loading…</p>
  if (data.request === null) return <Notice tone="info" title={data.detail ?? 'Nothing would be sent.'} />
  return (
    <pre className={styles.text} tabIndex={0} role="region" aria-label="What would be sent">
      {requestText(data.request)}
    </pre>
  )
}
