'use client'

import { openOverlay } from './overlay-store.ts'
import styles from './top-bar.module.css'
import { classNames } from '#components/ui/class-names.ts'

/** Opens the palette for those who do not know its key. */
export function PaletteButton() {
  return (
    <button
      type="button"
      className={classNames(styles.button, styles.palette)}
      title="Go to a page or provider"
      onClick={() => openOverlay('palette')}
    >
      <span className="visually-hidden">Open the palette: </span>
      Ctrl K
    </button>
  )
}
