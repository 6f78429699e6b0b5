'use client'

import { RemoveButton } from '#components/settings/remove-button.tsx'
import { Button } from '#components/ui/button.tsx'
import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { Field } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { NumberInput } from '#components/ui/number-input.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { STICKY_KEYS } from '#lib/domain/routing/route.ts'
import { capitalise } from '#lib/view/format.ts'
import type { StrategyForm, VariantForm } from '#lib/view/strategy-form.ts'
import { STICKY_WORDS } from '#lib/view/strategy-words.ts'
import { MemberToggles } from './member-toggles.tsx'
import styles from './strategy-fields.module.css'
import { useStrategySurroundings } from './strategy-context.ts'
import type { StrategyFieldsProps } from './strategy-fields.tsx'

type AbTest = Extract<StrategyForm, { type: 'ab-test' }>

/** The variants of a test, their parts, and what keeps a caller with one. */
export function AbTestFields({ value, onChange, path }: StrategyFieldsProps<AbTest>) {
  const { errorAt } = useStrategySurroundings()
  const { variants } = value
  const sum = variants.reduce((total, { percent }) => total + (percent ?? 0), 0)
  const whole = errorAt(`${path}.variants.root`) ?? ownMessage(errorAt, path, variants)
  const change = (index: number, part: Partial<VariantForm>) =>
    onChange({ ...value, variants: variants.map((one, i) => (i === index ? { ...one, ...part } : one)) })
  return (
    <>
      <ChoiceGroup
        label="The same variant"
        value={value.stickyBy}
        onValueChange={(stickyBy) => onChange({ ...value, stickyBy })}
        choices={STICKY_KEYS.map((key) => ({ value: key, label: capitalise(STICKY_WORDS[key]) }))}
      />
      <div className={styles.rows} id={`${path}.variants`} tabIndex={-1}>
        {variants.map((variant, index) => {
          const at = `${path}.variants.${index}`
          return (
            <div key={index} className={styles.box} role="group" aria-label={`Variant ${index + 1}`}>
              <div className={styles.variant}>
                <Field label="Variant" error={errorAt(`${at}.name`)}>
                  <TextInput
                    id={`${at}.name`}
                    value={variant.name}
                    onChange={({ target }) => change(index, { name: target.value })}
                  />
                </Field>
                <Field label="Percent" error={errorAt(`${at}.percent`)}>
                  <NumberInput
                    id={`${at}.percent`}
                    unit="%"
                    value={variant.percent}
                    onValueChange={(percent) => change(index, { percent })}
                  />
                </Field>
                <RemoveButton
                  label={`Remove variant ${variant.name}`}
                  onClick={() => onChange({ ...value, variants: variants.toSpliced(index, 1) })}
                />
              </div>
              <MemberToggles
                id={`${at}.providerIds`}
                label={`Providers of variant ${variant.name}`}
                chosen={variant.providerIds}
                error={errorAt(`${at}.providerIds`)}
                onChange={(providerIds) => change(index, { providerIds })}
              />
            </div>
          )
        })}
      </div>
      {whole !== undefined && <Notice tone="bad" title={whole} />}
      <div className={styles.line}>
        <Button
          size="small"
          onClick={() =>
            onChange({
              ...value,
              variants: [...variants, { name: '', percent: Math.max(0, 100 - sum), providerIds: [] }],
            })
          }
        >
          Add a variant
        </Button>
        <span className={styles.note}>{Number(sum.toFixed(3))} % of 100 % given out</span>
      </div>
    </>
  )
}

/** A complaint about the list as a whole, which lies at its own path while none lies below it. */
function ownMessage(
  errorAt: (path: string) => string | undefined,
  path: string,
  variants: readonly VariantForm[],
) {
  const isBelow = variants.some((_, index) => errorAt(`${path}.variants.${index}`) !== undefined)
  return isBelow ? undefined : errorAt(`${path}.variants`)
}
