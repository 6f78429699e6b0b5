'use client'

import { useEffect } from 'react'
import { setPreference, usePreference } from '#lib/client/preference.ts'
import styles from './top-bar.module.css'

const NEXT = { system: 'light', light: 'dark', dark: 'system' } as const

const DRAWINGS = {
  system: <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" className={styles.filled} />,
  light: <path d="M8 5.4a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2z" className={styles.filled} />,
  dark: <path d="M10 4.4a4 4 0 1 0 0 7.2 4.2 4.2 0 0 1 0-7.2z" className={styles.filled} />,
}

/** Switches between the system's theme, light and dark. */
export function ThemeToggle() {
  const theme = usePreference('theme', ['system', 'light', 'dark'])
  useEffect(() => {
    const { dataset } = document.documentElement
    if (theme === 'system') delete dataset['theme']
    else dataset['theme'] = theme
  }, [theme])
  return (
    <button
      type="button"
      className={styles.button}
      title={`Theme: ${theme}. Switch to ${NEXT[theme]}`}
      aria-label={`Theme: ${theme}`}
      onClick={() => setPreference('theme', NEXT[theme])}
    >
      <svg width="16" height="16" viewBox="0 0 16 16" className={styles.drawing} aria-hidden>
        <circle cx="8" cy="8" r="6.2" />
        {DRAWINGS[theme]}
      </svg>
    </button>
  )
}
