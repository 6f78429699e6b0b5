'use client'

import { Menu as BaseMenu } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import styles from './menu.module.css'

export type MenuItem = { label: ReactNode; onSelect: () => void; danger?: boolean; disabled?: boolean }

type Props = {
  trigger: ReactElement
  items: readonly MenuItem[]
  /** Whether it is open from the first. */
  defaultOpen?: boolean
}

/** A list of actions behind a button (`trigger` must be one that takes a ref and props). */
export function Menu({ trigger, items, defaultOpen = false }: Props) {
  return (
    <BaseMenu.Root defaultOpen={defaultOpen}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner sideOffset={4} align="end" className={styles.positioner}>
          <BaseMenu.Popup className={styles.popup}>
            {items.map((item, index) => (
              <BaseMenu.Item
                key={index}
                className={styles.item}
                data-danger={item.danger === true || undefined}
                disabled={item.disabled === true}
                onClick={item.onSelect}
              >
                {item.label}
              </BaseMenu.Item>
            ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  )
}
