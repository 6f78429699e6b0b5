'use client'

import { useQuery } from '@tanstack/react-query'
import { useController, useFormContext } from 'react-hook-form'
import { ControlledText } from '#components/settings/controlled-text.tsx'
import { firstMessage } from '#components/settings/form-messages.ts'
import { FormSection } from '#components/settings/form-section.tsx'
import styles from '#components/settings/form-section.module.css'
import { ReadingNotice } from '#components/settings/reading-notice.tsx'
import { ToggleList } from '#components/settings/toggle-list.tsx'
import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { alertQueries } from '#lib/client/alert-queries.ts'
import type { RuleForm } from '#lib/view/rule-form.ts'

/** Who is told, and what they are to do. */
export function RuleTold() {
  const { control } = useFormContext<RuleForm>()
  const { field, fieldState } = useController({ control, name: 'channels' })
  const reading = useQuery(alertQueries.channels())
  const options = (reading.data ?? []).map(({ id, name, enabled }) => ({
    id,
    name: enabled ? name : `${name} (off)`,
  }))
  return (
    <FormSection title="Who is told">
      <ChoiceGroup
        label="Channels"
        value={field.value === null ? 'all' : 'some'}
        onValueChange={(choice) => field.onChange(choice === 'all' ? null : [])}
        choices={[
          { value: 'all', label: 'All that are enabled' },
          { value: 'some', label: 'Only some' },
        ]}
      />
      {field.value !== null && (
        <>
          <ReadingNotice what="The list of channels" reading={reading} />
          <ToggleList
            id="channels"
            label="Chosen channels"
            options={options}
            chosen={field.value}
            error={firstMessage(fieldState.error)}
            none={reading.data === undefined ? null : 'There is no channel yet.'}
            onChange={(ids) => field.onChange(ids)}
          />
          {field.value.length === 0 && (
            <p className={styles.quiet}>Nobody is told: its incidents stand in the console alone.</p>
          )}
        </>
      )}
      <ControlledText<RuleForm>
        name="runbookUrl"
        label="Runbook"
        optional
        hint="A link that goes with each notification"
        placeholder="https://"
        spellCheck={false}
      />
    </FormSection>
  )
}
