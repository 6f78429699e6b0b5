import { noMatchWords } from '#lib/view/no-match.ts'
import { Button } from './button.tsx'
import styles from './no-match.module.css'

type Props = {
  /** What the list has, one of it. */
  thing: string
  /** Every filter that narrows it, in words. */
  inForce: readonly string[]
  onClear: () => void
}

/** Stands in place of a list that its filters leave nothing of: names them all, and takes them off. */
export function NoMatch({ thing, inForce, onClear }: Props) {
  return (
    <div className={styles.none}>
      <p className={styles.words}>{noMatchWords(thing, inForce)}</p>
      <Button size="small" onClick={onClear}>
        {inForce.length === 1 ? 'Clear the filter' : 'Clear the filters'}
      </Button>
    </div>
  )
}
