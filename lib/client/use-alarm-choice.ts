'use client'

import { setPreference, usePreference } from './preference.ts'

const CHOICES = ['off', 'on'] as const

/** How this browser may be heard when an incident begins to fire; both are off until they are asked for. */
export function useAlarmChoice(): { sound: boolean; notification: boolean } {
  return {
    sound: usePreference('alarm-sound', CHOICES) === 'on',
    notification: usePreference('alarm-notification', CHOICES) === 'on',
  }
}

/** Keeps in this browser whether it may be heard in that way. */
export const chooseAlarm = (way: 'sound' | 'notification', isOn: boolean): void =>
  setPreference(`alarm-${way}`, isOn ? 'on' : 'off')
