'use client'

import { useEffect, useRef } from 'react'
import { plural } from '#lib/view/format.ts'
import styles from './error-summary.module.css'
import { Notice } from './notice.tsx'

type Props = { errors: readonly { path: string; label: string; message: string }[] }

/** What is wrong in a form, in one place: takes the focus when it appears, and each line leads to its field by id. */
export function ErrorSummary({ errors }: Props) {
  const box = useRef<HTMLDivElement>(null)
  // The focus is the browser's own state: the summary must be met where the reader is.
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} tabIndex={-1}>
      <Notice
        tone="bad"
        role="alert"
        title={`${plural(errors.length, 'field needs', 'fields need')} another value`}
      >
        <ul>
          {errors.map(({ path, label, message }) => (
            <li key={path}>
              <button
                type="button"
                className={styles.link}
                onClick={() => document.getElementById(path)?.focus()}
              >
                {label}
              </button>
              : {message}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}
