import styles from './request-text.module.css'

/** What a receiver answered, word for word; nothing where it said nothing. */
export function AnswerText({ text, label = 'Answer' }: { text: string; label?: string }) {
  if (text === '') return null
  return (
    <pre className={styles.text} tabIndex={0} role="region" aria-label={label}>
      {text}
    </pre>
  )
}
