'use client'

import { Duration } from '#components/ui/duration.tsx'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import type { ChannelState } from '#lib/contract/channel.ts'
import { channelHealth } from '#lib/view/channel-words.ts'
import styles from './channel-health-line.module.css'

/** How a channel does: its last answer and when, what waits, and until when it is left alone. */
export function ChannelHealthLine({ channel }: { channel: ChannelState }) {
  const { state, text, lastAt, pausedUntil } = channelHealth(channel)
  return (
    <span className={styles.line}>
      <StatusIcon state={state} size={14} />
      <span>
        {text}
        {lastAt !== null && (
          <>
            {' '}
            · <Duration at={lastAt} show="ago" />
          </>
        )}
        {pausedUntil !== null && (
          <>
            {' '}
            · tries again in <Duration at={pausedUntil} show="left" />
          </>
        )}
      </span>
    </span>
  )
}
