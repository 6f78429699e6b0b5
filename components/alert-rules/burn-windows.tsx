'use client'

import { useFieldArray, useFormContext } from 'react-hook-form'
import { ControlledNumber } from '#components/settings/controlled-number.tsx'
import { ControlledText } from '#components/settings/controlled-text.tsx'
import formStyles from '#components/settings/form-section.module.css'
import { RemoveButton } from '#components/settings/remove-button.tsx'
import { Button } from '#components/ui/button.tsx'
import type { RuleForm } from '#lib/view/rule-form.ts'
import styles from './burn-windows.module.css'

const MOST = 4

/** The pairs of windows of a burn-rate rule: a pair fires when both burn that fast. */
export function BurnWindows() {
  const { control } = useFormContext<RuleForm>()
  const { fields, append, remove } = useFieldArray({ control, name: 'condition.windows' })
  return (
    <div className={styles.rows} id="condition.windows" tabIndex={-1} role="group" aria-label="Windows">
      <p className={formStyles.quiet}>
        Bad when the budget burns so many times as fast as the objective allows, over the long window and over
        the short one, which shows that it still does.
      </p>
      {fields.map(({ id }, index) => (
        <div key={id} className={styles.row}>
          <ControlledNumber<RuleForm>
            name={`condition.windows.${index}.factor`}
            label="Times as fast"
            unit="×"
          />
          <ControlledText<RuleForm> name={`condition.windows.${index}.long`} label="Long window" />
          <ControlledText<RuleForm> name={`condition.windows.${index}.short`} label="Short window" />
          <RemoveButton label={`Remove pair ${index + 1}`} onClick={() => remove(index)} />
        </div>
      ))}
      {fields.length < MOST && (
        <div>
          <Button size="small" onClick={() => append({ factor: null, long: '1h', short: '5m' })}>
            Add a pair
          </Button>
        </div>
      )}
    </div>
  )
}
