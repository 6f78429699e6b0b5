'use client'

import { useState } from 'react'
import styles from './password-input.module.css'
import { TextInput, type TextInputProps } from './text-input.tsx'

type Props = Omit<TextInputProps, 'type' | 'unit' | 'autoComplete'> & {
  /** By which the browser's password manager knows whether to fill in or to offer a new one. */
  autoComplete: 'current-password' | 'new-password'
}

/** A password, which its writer may look at; inside a Field it takes its label, hint and error from there. */
export function PasswordInput(props: Props) {
  const [isShown, setShown] = useState(false)
  return (
    <span className={styles.frame}>
      <TextInput
        {...props}
        type={isShown ? 'text' : 'password'}
        autoCapitalize="none"
        spellCheck={false}
        className={styles.input ?? ''}
      />
      <button type="button" className={styles.toggle} onClick={() => setShown(!isShown)}>
        {isShown ? 'Hide' : 'Show'}
        <span className="visually-hidden"> password</span>
      </button>
    </span>
  )
}
