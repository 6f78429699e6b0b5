import type { AnnotationKind, AnnotationsView } from '#lib/view/annotations-view.ts'
import styles from './annotation-row.module.css'

/** Each kind has a shape of its own, 12 px wide, so that colour is never alone. */
const SHAPES: Record<AnnotationKind, string> = {
  opened: 'M4 1h4l3 3v4l-3 3H4L1 8V4z',
  half_opened: 'M6 1a5 5 0 0 1 0 10z M6 1a5 5 0 0 0 0 10',
  closed: 'M1.5 6.5l3 3 6-7',
  override: 'M2.5 5.5h7v5h-7z M4 5.5V4a2 2 0 0 1 4 0v1.5',
  settings: 'M1 3.5h10 M1 8.5h10 M4 1.8v3.4 M8 6.8v3.4',
  marker: 'M3 11.5v-10 M3 2h6.5L7.5 4.5l2 2.5H3',
  cooling: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1z M6 3.2V6l2 1.4',
}

/** What happened, as a row of glyphs over the charts; the texts are in the list below them. */
export function AnnotationRow({ view }: { view: AnnotationsView }) {
  return (
    <div className={styles.row} role="img" aria-label={view.summary}>
      {view.clusters.map(({ id, x, atEdge, kind, count, title }) => (
        <span
          key={id}
          className={styles.glyph}
          style={{ left: `${x * 100}%` }}
          data-edge={atEdge || undefined}
          title={title}
        >
          <AnnotationGlyph kind={kind} />
          {count > 1 && <b data-picture-text>{count > 99 ? '99+' : count}</b>}
        </span>
      ))}
    </div>
  )
}

/** The sign of one kind of happening. */
export function AnnotationGlyph({ kind }: { kind: AnnotationKind }) {
  return (
    <svg
      className={styles.sign}
      data-kind={kind}
      width="12"
      height="12"
      viewBox="0 0 12 12"
      aria-hidden="true"
    >
      <path d={SHAPES[kind]} />
    </svg>
  )
}
