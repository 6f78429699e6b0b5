import styles from './segments.module.css'

type Props<Value> = {
  label: string
  value: Value
  onValueChange: (value: Value) => void
  choices: readonly { value: Value; label: string }[]
}

/** A few short choices in one frame, of which one is pressed. */
export function Segments<Value>({ label, value, onValueChange, choices }: Props<Value>) {
  return (
    <div className={styles.segments} role="group" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.label}
          type="button"
          aria-pressed={choice.value === value}
          onClick={() => onValueChange(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </div>
  )
}
