'use client'

import { Menu as BaseMenu } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import type { Permission } from '#lib/domain/access/roles.ts'
import { refusalWords } from '#lib/view/access-view.ts'
import styles from './menu.module.css'
import { useRefusal } from './refused.tsx'

export type MenuItem = {
  label: ReactNode
  onSelect: () => void
  danger?: boolean
  disabled?: boolean
  /** What its user must be allowed to: without it, it is off and says which role may. */
  needs?: Permission
}

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
              <Item key={index} {...item} />
            ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  )
}

function Item({ label, onSelect, danger = false, disabled = false, needs }: MenuItem) {
  const refusal = useRefusal(needs)
  return (
    <BaseMenu.Item
      className={styles.item}
      data-danger={danger || undefined}
      disabled={disabled || refusal !== null}
      onClick={onSelect}
      aria-describedby={refusal?.id}
    >
      {label}
      {refusal !== null && (
        // It describes the item and is no part of its name.
        <span id={refusal.id} className={styles.reason} aria-hidden>
          {refusalWords(refusal.role)}
        </span>
      )}
    </BaseMenu.Item>
  )
}
