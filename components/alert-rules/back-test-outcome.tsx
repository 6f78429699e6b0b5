'use client'

import { LanesAxis } from '#components/threshold-preview/lanes-axis.tsx'
import { useZone } from '#lib/client/use-zone.ts'
import {
  type BackTestAnswer,
  backTestMarks,
  backTestRemarks,
  backTestSentence,
} from '#lib/view/back-test-view.ts'
import { BackTestFirings } from './back-test-firings.tsx'
import styles from './back-test-outcome.module.css'

const percent = (share: number) => `${share * 100}%`

/** How often a rule would have fired, where in time, and what there is to know about the count. */
export function BackTestOutcome({ answer }: { answer: BackTestAnswer }) {
  const { zone } = useZone()
  const { result } = answer
  const sentence = backTestSentence(result)
  return (
    <div className={styles.outcome}>
      <p className={styles.sentence}>{sentence}</p>
      {backTestRemarks(answer).map((remark) => (
        <p key={remark} className={styles.remark}>
          {remark}
        </p>
      ))}
      <div className={styles.time}>
        <div className={styles.lane}>
          <span className={styles.label} aria-hidden="true">
            firing
          </span>
          <div className={styles.strip} role="img" aria-label={sentence}>
            {backTestMarks(result).map(({ x, width }, index) => (
              <i key={index} className={styles.mark} style={{ left: percent(x), width: percent(width) }} />
            ))}
          </div>
        </div>
        <LanesAxis from={Date.parse(result.from)} to={Date.parse(result.to)} zone={zone} about={3} />
      </div>
      {/* Another answer begins folded again. */}
      {result.firings.length > 0 && <BackTestFirings key={result.to} firings={result.firings} />}
    </div>
  )
}
