'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Time } from '#components/ui/time.tsx'
import type { BackTestResult } from '#lib/contract/back-test.ts'
import { lastedWords } from '#lib/view/back-test-view.ts'
import { formatCount } from '#lib/view/format.ts'
import styles from './back-test-firings.module.css'

const SHOWN = 10

/** Each time that a rule would have fired: when, about whom, how long, and what it would have said. */
export function BackTestFirings({ firings }: { firings: BackTestResult['firings'] }) {
  const [isWhole, setWhole] = useState(false)
  return (
    <>
      <ol className={styles.list} aria-label="When it would have fired, oldest first">
        {(isWhole ? firings : firings.slice(0, SHOWN)).map((firing) => (
          <li key={`${firing.subject.text} ${firing.firedAt}`} className={styles.firing}>
            <span className={styles.at}>
              <Time at={firing.firedAt} show="full" />
            </span>
            <span className={styles.whom}>{firing.subject.text}</span>
            <span className={styles.lasted}>{lastedWords(firing)}</span>
            <span className={styles.why}>{firing.sentence}</span>
          </li>
        ))}
      </ol>
      {firings.length > SHOWN && (
        <Button size="small" variant="quiet" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? `Show the first ${SHOWN}` : `Show all ${formatCount(firings.length)}`}
        </Button>
      )}
    </>
  )
}
