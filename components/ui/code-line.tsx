import styles from './code-line.module.css'
import { CopyButton } from './copy-button.tsx'

/** A text to be taken elsewhere, whole at one press; `what` completes "Copy …". */
export function CodeLine({ text, what }: { text: string; what: string }) {
  return (
    <div className={styles.line}>
      <pre className={styles.text} tabIndex={0} role="region" aria-label={what}>
        <code>{text}</code>
      </pre>
      <CopyButton text={text} what={what} />
    </div>
  )
}
