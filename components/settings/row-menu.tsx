import { IconButton } from '#components/ui/icon-button.tsx'
import { Menu, type MenuItem } from '#components/ui/menu.tsx'
import { MoreSign } from '#components/ui/more-sign.tsx'
import styles from './list-panel.module.css'

/** The cell with all that can be done about a row. */
export function RowMenu({ name, items }: { name: string; items: readonly MenuItem[] }) {
  return (
    <td className={styles.actions}>
      <Menu
        trigger={
          <IconButton label={`Actions for ${name}`}>
            <MoreSign />
          </IconButton>
        }
        items={items}
      />
    </td>
  )
}
