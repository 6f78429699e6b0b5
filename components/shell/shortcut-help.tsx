'use client'

import { Kbd } from '#components/ui/kbd.tsx'
import { Overlay } from './overlay.tsx'
import { PLACES } from './pages.ts'
import styles from './shortcut-help.module.css'

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['Ctrl', 'K'], 'Go to a page or provider'],
  [['/'], 'Search'],
  [['j'], 'Next row'],
  [['k'], 'Previous row'],
  [['Enter'], 'Open the row'],
  ...PLACES.map(({ key, label }) => [['g', key], label] as const),
  [['?'], 'This list'],
  [['Esc'], 'Close'],
]

/** The keys and what they do; none of them changes anything. */
export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  return (
    <Overlay label="Keyboard" onClose={onClose}>
      <h2 className={styles.title}>Keyboard</h2>
      <dl className={styles.list}>
        {KEYS.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className={styles.close} onClick={onClose}>
        Close
      </button>
    </Overlay>
  )
}
