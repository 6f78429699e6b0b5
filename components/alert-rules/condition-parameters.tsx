'use client'

import { useController, useFormContext } from 'react-hook-form'
import type { ReactNode } from 'react'
import { ControlledNumber } from '#components/settings/controlled-number.tsx'
import { ControlledText } from '#components/settings/controlled-text.tsx'
import styles from '#components/settings/form-section.module.css'
import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import type { ConditionType } from '#lib/domain/alerts/condition.ts'
import { parametersOf, type RuleForm } from '#lib/view/rule-form.ts'
import { BurnWindows } from './burn-windows.tsx'

/** What can be set of a condition, each as a field. */
const FIELDS: Readonly<Record<string, ReactNode>> = {
  openings: (
    <ControlledNumber<RuleForm> name="condition.openings" label="Openings" hint="This many, or more" />
  ),
  below: (
    <ControlledNumber<RuleForm>
      name="condition.below"
      label="Success rate below"
      hint="Above 0 %, below 100 %"
      scale="percent"
    />
  ),
  above: <ControlledText<RuleForm> name="condition.above" label="p95 above" hint="Such as 800ms or 3s" />,
  objective: (
    <ControlledNumber<RuleForm>
      name="condition.objective"
      label="Objective"
      hint="The share of calls that is to succeed"
      scale="percent"
    />
  ),
  window: (
    <ControlledText<RuleForm>
      name="condition.window"
      label="Window"
      hint="How far back it looks, such as 5m"
    />
  ),
  minSamples: (
    <ControlledNumber<RuleForm>
      name="condition.minSamples"
      label="At least so many calls"
      hint="With fewer there is no data"
    />
  ),
  atMost: (
    <ControlledNumber<RuleForm>
      name="condition.atMost"
      label="Eligible members, at most"
      hint="Bad from there"
    />
  ),
  share: (
    <ControlledNumber<RuleForm>
      name="condition.share"
      label="Of the day’s budget"
      hint="Above 100 %: over budget"
      scale="percent"
    />
  ),
  of: <CostOf />,
  within: <ControlledText<RuleForm> name="condition.within" label="Ends within" hint="Such as 15m" />,
}

/** The parameters of a condition; nothing where it has none. */
export function ConditionParameters({ type }: { type: ConditionType }) {
  const shown = parametersOf(type).filter((name) => name in FIELDS)
  return (
    <>
      {shown.length > 0 && (
        <div className={styles.pair}>
          {shown.map((name) => (
            <div key={name}>{FIELDS[name]}</div>
          ))}
        </div>
      )}
      {type === 'burn_rate' && <BurnWindows />}
    </>
  )
}

function CostOf() {
  const { control } = useFormContext<RuleForm>()
  const { field } = useController({ control, name: 'condition.of' })
  return (
    <ChoiceGroup
      label="Counts"
      value={field.value}
      onValueChange={field.onChange}
      choices={[
        { value: 'projected', label: 'At this pace' },
        { value: 'spent', label: 'Spent so far' },
      ]}
    />
  )
}
