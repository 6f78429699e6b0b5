'use client'

import { Button } from '#components/ui/button.tsx'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { playAlarm } from '#lib/client/alarm-sound.ts'
import { useSoundHeld } from '#lib/client/use-sound-held.ts'
import styles from './banners.module.css'

/** Says that a wallboard with sound would stay silent, as after a reload nobody has pressed anything yet. */
export function SoundBanner() {
  if (!useSoundHeld()) return null
  return (
    <div className={styles.banner} role="status">
      <StatusIcon state="degraded" />
      <p>
        <b>Sound is on, but this browser waits for a click.</b> Until then an incident that fires is not
        heard.
      </p>
      <Button size="small" onClick={playAlarm}>
        Let it be heard
      </Button>
    </div>
  )
}
