import type { ReactNode } from 'react'
import styles from './data-list.module.css'

/** Names with their values, in two columns. */
export function DataList({ items }: { items: readonly { name: ReactNode; value: ReactNode }[] }) {
  return (
    <dl className={styles.list}>
      {items.map(({ name, value }, index) => (
        <div key={index} className={styles.pair}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
