'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { playAlarm } from '#lib/client/alarm-sound.ts'
import { useAlarmChoice } from '#lib/client/use-alarm-choice.ts'
import { notifyOf } from '#lib/client/browser-notification.ts'
import { type Heard, newlyLoud } from '#lib/view/incident-alarm.ts'
import { useOpenIncidents } from './use-open-incidents.ts'

/** Lets the browser be heard, where that was asked for, when an incident begins to fire. */
export function AlarmWatch() {
  const router = useRouter()
  const open = useOpenIncidents()
  const { sound, notification } = useAlarmChoice()
  const heard = useRef<Heard>(null)
  useEffect(() => {
    if (open === null) return
    const news = newlyLoud(heard.current, open)
    heard.current = news.heard
    if (news.started.length === 0) return
    if (sound) playAlarm()
    if (!notification) return
    for (const incident of news.started)
      notifyOf(incident, () => router.push(`/incidents/${encodeURIComponent(incident.id)}`))
  }, [open, sound, notification, router])
  return null
}
