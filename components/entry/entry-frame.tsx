import type { ReactNode } from 'react'
import { BrandSign } from '#components/ui/brand-sign.tsx'
import styles from './entry-frame.module.css'

/** What stands before the console: the product's name, and one thing to do. */
export function EntryFrame({ children }: { children: ReactNode }) {
  return (
    <main className={styles.frame}>
      <div className={styles.brand}>
        <BrandSign />
        <span>Switchyard</span>
      </div>
      {children}
    </main>
  )
}
