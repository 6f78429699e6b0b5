import styles from './legend.module.css'

/** How a series is drawn: a line, a dashed line, a filled area, a block, or a hatched one. */
export type LegendMark = 'line' | 'dashed' | 'area' | 'block' | 'hatch'
export type LegendItem = { label: string; colour: string; mark: LegendMark }

/** What the lines and blocks of a chart stand for. */
export function Legend({ items }: { items: readonly LegendItem[] }) {
  return (
    <ul className={styles.legend}>
      {items.map(({ label, colour, mark }) => (
        <li key={label}>
          <i data-mark={mark} style={{ color: colour }} aria-hidden="true" />
          {label}
        </li>
      ))}
    </ul>
  )
}
