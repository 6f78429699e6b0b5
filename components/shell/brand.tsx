import Link from 'next/link'
import { BrandSign } from '#components/ui/brand-sign.tsx'
import styles from './top-bar.module.css'

/** The product's sign, which leads home. */
export function Brand() {
  return (
    <Link href="/" className={styles.brand}>
      <BrandSign />
      <span>Switchyard</span>
    </Link>
  )
}
