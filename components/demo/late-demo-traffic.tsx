'use client'

import dynamic from 'next/dynamic'
import { LatePart } from '#components/ui/late-part.tsx'
import styles from './demo-traffic.module.css'

// Only the demo's console shows it: no other page loads its code.
const DemoTraffic = dynamic(async () => (await import('./demo-traffic.tsx')).DemoTraffic, { ssr: false })

/** The demo's traffic control, on a line that is kept free for it. */
export function LateDemoTraffic() {
  return (
    <div className={styles.place}>
      <LatePart>
        <DemoTraffic />
      </LatePart>
    </div>
  )
}
