import { encode } from 'uqr'
import { squaresPath } from '#lib/view/second-factor.ts'
import styles from './profile-page.module.css'

/** A picture that a telephone reads a text from: black on white in either theme, with the margin that readers want. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  return (
    <svg
      className={styles.qr}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={squaresPath(data)} fill="#000000" />
    </svg>
  )
}
