import type { ReactNode } from 'react'
import { Panel } from '#components/ui/panel.tsx'
import styles from './form-section.module.css'

type Props = { title: string; meta?: ReactNode; id?: string; children: ReactNode }

/** One part of a form in a panel. */
export function FormSection({ title, meta, id, children }: Props) {
  return (
    <div id={id} className={styles.anchor}>
      <Panel title={title} {...(meta === undefined ? {} : { meta })}>
        <div className={styles.body}>{children}</div>
      </Panel>
    </div>
  )
}
