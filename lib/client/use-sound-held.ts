'use client'

import { useSyncExternalStore } from 'react'
import { isSoundHeld, watchSound } from './alarm-sound.ts'
import { useAlarmChoice } from './use-alarm-choice.ts'

const never = () => () => undefined
const no = () => false

/** Whether sound was chosen, but the browser keeps the page silent until somebody presses something in it. */
export function useSoundHeld(): boolean {
  const { sound } = useAlarmChoice()
  return useSyncExternalStore(sound ? watchSound : never, sound ? isSoundHeld : no, no)
}
