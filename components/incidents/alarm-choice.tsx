'use client'

import { toasts } from '#components/ui/toasts.ts'
import { playAlarm } from '#lib/client/alarm-sound.ts'
import { askToNotify } from '#lib/client/browser-notification.ts'
import { chooseAlarm, useAlarmChoice } from '#lib/client/use-alarm-choice.ts'
import styles from './alarm-choice.module.css'

/** Whether this browser is to be heard when an incident begins to fire: by a sound, by a notification. */
export function AlarmChoice() {
  const { sound, notification } = useAlarmChoice()
  const toggleSound = () => {
    chooseAlarm('sound', !sound)
    // Heard once, so that one knows it; and a browser lets a page be heard only after a press.
    if (!sound) playAlarm()
  }
  const toggleNotification = async () => {
    if (notification) return chooseAlarm('notification', false)
    if (await askToNotify()) return chooseAlarm('notification', true)
    toasts.add({
      title: 'This browser does not let Switchyard notify you',
      description: 'Allow notifications for this address in the browser’s settings, then try again.',
    })
  }
  return (
    <div className={styles.choice} role="group" aria-label="In this browser, when an incident begins to fire">
      <span className={styles.label} aria-hidden>
        When one fires
      </span>
      <button type="button" aria-pressed={sound} onClick={toggleSound}>
        <Sign path="M3 6.5v3h2.5L9 12.5v-9L5.5 6.5zM11 6a3 3 0 0 1 0 4M12.6 4a6 6 0 0 1 0 8" isOff={!sound} />
        Sound
      </button>
      <button type="button" aria-pressed={notification} onClick={() => void toggleNotification()}>
        <Sign path="M4 11.5V7a4 4 0 0 1 8 0v4.5l1 1H3zM6.7 14h2.6" isOff={!notification} />
        Notification
      </button>
    </div>
  )
}

function Sign({ path, isOff }: { path: string; isOff: boolean }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" className={styles.sign} aria-hidden>
      <path d={isOff ? `${path}M2 2l12 12` : path} />
    </svg>
  )
}
