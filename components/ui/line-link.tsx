import type { ReactNode } from 'react'
import styles from './lines.module.css'

type Props = {
  href: string
  isOpen: boolean
  /** Opens it beside the page; a press that asks for another tab or window follows the link. */
  onOpen: () => void
  title?: string
  children: ReactNode
}

/** The link of a whole line whose details open beside the page. */
export function LineLink({ href, isOpen, onOpen, title, children }: Props) {
  return (
    <a
      href={href}
      className={styles.link}
      data-row-link
      title={title}
      aria-current={isOpen ? 'true' : undefined}
      onClick={(press) => {
        if (press.metaKey || press.ctrlKey || press.shiftKey || press.altKey) return
        press.preventDefault()
        onOpen()
      }}
    >
      {children}
    </a>
  )
}
