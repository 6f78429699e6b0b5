import { useId, type ReactNode } from 'react'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { classNames } from './class-names.ts'
import { PanelState } from './panel-state.tsx'
import styles from './panel.module.css'

type PanelProps = {
  title: string
  /** Beside the title, right: facts in grey, a legend, a control. */
  meta?: ReactNode
  /** What there is to say about the content; `ready` when left out. */
  condition?: PanelCondition
  /** The content's height while it is loading or empty, px. */
  minHeight?: number
  className?: string
  children?: ReactNode
}

/** A framed part of a page with a title, which says by itself whether its content can be trusted. */
export function Panel({
  title,
  meta,
  condition = { kind: 'ready' },
  minHeight,
  className,
  children,
}: PanelProps) {
  const titleId = useId()
  return (
    <section className={classNames(styles.panel, className)} aria-labelledby={titleId}>
      <header className={styles.header}>
        <h2 id={titleId}>{title}</h2>
        {meta !== undefined && <div className={styles.meta}>{meta}</div>}
      </header>
      <PanelState condition={condition} {...(minHeight === undefined ? {} : { minHeight })}>
        {children}
      </PanelState>
    </section>
  )
}
