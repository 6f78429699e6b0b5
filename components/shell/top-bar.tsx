import { AccountMenu } from '#components/account/account-menu.tsx'
import { Brand } from './brand.tsx'
import { LivePill } from './live-pill.tsx'
import { NavLinks } from './nav-links.tsx'
import { OverridesChip } from './overrides-chip.tsx'
import { PaletteButton } from './palette-button.tsx'
import { RangeSelect } from './range-select.tsx'
import { SelfHealthSign } from './self-health.tsx'
import { ThemeToggle } from './theme-toggle.tsx'
import styles from './top-bar.module.css'
import { ZoneToggle } from './zone-toggle.tsx'

/**
 * What is the same on every page: where to go, how old the picture is, and how it is shown. No Suspense around any of
 * it: React would take such a part over after the rest, when the live stream may have moved on from what the server wrote.
 */
export function TopBar() {
  return (
    <header className={styles.bar}>
      <Brand />
      <NavLinks />
      <div className={styles.tools}>
        <OverridesChip />
        <RangeSelect />
        <LivePill />
        <SelfHealthSign />
        <ZoneToggle />
        <ThemeToggle />
        <PaletteButton />
        <AccountMenu />
      </div>
    </header>
  )
}
