import type { ReactNode } from 'react'
import styles from './plot.module.css'

type Props = {
  /** In px. */
  height: number
  /** `chart` draws its own crosshair; a `lane` is given one by the stack. */
  kind: 'chart' | 'lane'
  /** Where something happened, as shares of the width. */
  marks: readonly number[]
  children: ReactNode
}

/** A drawing on the page's time axis: all plots of a stack are as wide, so that a time stands at one place in all. */
export function Plot({ height, kind, marks, children }: Props) {
  return (
    <div className={styles.plot} style={{ height }} data-plot={kind}>
      {marks.map((x, i) => (
        <i
          key={i}
          className={styles.mark}
          style={{ left: `${x * 100}%` }}
          aria-hidden="true"
          data-picture-mark
        />
      ))}
      {children}
    </div>
  )
}
