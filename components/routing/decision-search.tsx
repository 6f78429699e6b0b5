'use client'

import { useState } from 'react'
import styles from './decision-search.module.css'
import { useOpenDecision } from './use-open-decision.ts'

/** Finds a decision by the request id that a client was given, or by its own. */
export function DecisionSearch() {
  const [text, setText] = useState('')
  const { open } = useOpenDecision()
  return (
    <form
      role="search"
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        const id = text.trim()
        if (id !== '') open(id)
      }}
    >
      <input
        type="search"
        className={styles.input}
        aria-label="Find a decision by request or decision id"
        placeholder="Request or decision id  /"
        autoComplete="off"
        spellCheck={false}
        data-search
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
    </form>
  )
}
