import { CodeLine } from '#components/ui/code-line.tsx'
import { Panel } from '#components/ui/panel.tsx'
import styles from './audit-page.module.css'

/** How to see from a terminal that nobody has tampered with the audit. */
export function VerifyPanel() {
  return (
    <Panel title="Is it whole?">
      <div className={styles.body}>
        <p>
          Every entry carries a hash over all of it and over the hash before, so that a changed, added or
          missing entry breaks the chain. This command walks it, also while Switchyard runs, and names the
          first entry that is broken:
        </p>
        <CodeLine text="npm run audit:verify" what="the command that verifies the audit" />
        <p>
          It prints the last entry’s hash. Keep it in another place from time to time: given back with{' '}
          <code>--expect</code>, it proves that nothing up to that entry was cut off or written anew.
        </p>
      </div>
    </Panel>
  )
}
