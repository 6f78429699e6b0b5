'use client'

import { useQuery } from '@tanstack/react-query'
import { Button } from '#components/ui/button.tsx'
import { Duration } from '#components/ui/duration.tsx'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { toServerTime } from '#lib/client/clock.ts'
import { retryNow, useLive } from '#lib/client/live/live-store.ts'
import { queries } from '#lib/client/queries.ts'
import { useSession } from '#lib/client/session.ts'
import { selfHealthWords } from '#lib/view/self-health.ts'
import styles from './banners.module.css'
import { SoundBanner } from './sound-banner.tsx'
import { useBannersHeight } from './use-banners-height.ts'
import { useFleetAge } from './use-fleet-age.ts'
import { useStreamLost } from './use-stream-lost.ts'

/** What is wrong with the console rather than with any provider, over the full width: no stream, an impaired monitor, no sound. */
export function Banners() {
  const isLost = useStreamLost()
  const { isSignedOut } = useSession()
  const { data: self, isError } = useQuery(queries.health())
  const stack = useBannersHeight()
  return (
    <div ref={stack} className={styles.stack}>
      {isLost && !isSignedOut && <LostBanner />}
      {/* What it said of itself before it was gone is not so now. */}
      {!isError && self?.status === 'impaired' && (
        <div className={styles.banner} role="status">
          <StatusIcon state="degraded" />
          <p>{selfHealthWords(self)}. States may be wrong.</p>
        </div>
      )}
      <SoundBanner />
    </div>
  )
}

function LostBanner() {
  const { connection } = useLive()
  const { asOf, freshness } = useFleetAge()
  const isOld = asOf === null || freshness !== 'fresh'
  return (
    <div className={styles.banner} role="status">
      <StatusIcon state={isOld ? 'unhealthy' : 'degraded'} />
      <p>
        {isOld ? (
          <b>Disconnected: nothing on this page is known to be true now.</b>
        ) : (
          <b>The live stream is lost.</b>
        )}{' '}
        {asOf !== null && (
          <>
            What you see is <Duration at={asOf} show="since" /> old
            {isOld ? '. ' : ', asked for every 10 s. '}
          </>
        )}
        {connection.state === 'waiting' ? (
          <span aria-live="off">
            Next try in <Duration at={toServerTime(connection.retryAt)} show="left" />.
          </span>
        ) : (
          'Trying now.'
        )}
      </p>
      <Button size="small" onClick={retryNow}>
        Try now
      </Button>
    </div>
  )
}
