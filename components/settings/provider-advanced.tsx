'use client'

import { useFieldArray, useFormContext, useFormState } from 'react-hook-form'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { ProviderForm } from '#lib/view/provider-form.ts'
import { FormNumber } from './form-number.tsx'
import { FormSection } from './form-section.tsx'
import styles from './form-section.module.css'
import { FormText } from './form-text.tsx'
import { RemoveButton } from './remove-button.tsx'
import { allMessages } from './form-messages.ts'

/** What most providers never need: labels, weights, headers. */
export function ProviderAdvanced() {
  const { control } = useFormContext<ProviderForm>()
  const headers = useFieldArray({ control, name: 'headers' })
  const { errors } = useFormState({ control })
  const complaints = allMessages(errors.headers).map(({ path, message }) => `${path}: ${message}`)
  return (
    <FormSection title="Advanced" meta="all optional">
      <div className={styles.pair}>
        <FormText name="tags" label="Tags" hint="Separated by commas" />
        <FormText name="region" label="Region" hint="Such as westeurope" />
      </div>
      <div className={styles.pair}>
        <FormNumber name="weight" label="Weight" hint="Share of the traffic among equals" />
        <FormNumber name="priority" label="Priority" hint="Lower goes first in failover" />
        <FormNumber name="maxConcurrency" label="Concurrent requests" placeholder="no limit" hint="At most" />
      </div>
      <div className={styles.pair}>
        <FormNumber name="latitude" label="Latitude" unit="°" />
        <FormNumber name="longitude" label="Longitude" unit="°" />
      </div>
      <div className={styles.rows}>
        {headers.fields.map((row, index) => (
          <div key={row.id} className={styles.header} role="group" aria-label={`Header ${index + 1}`}>
            <FormText name={`headers.${index}.name`} label="Header" spellCheck={false} placeholder="x-team" />
            <FormText name={`headers.${index}.value`} label="Value" spellCheck={false} />
            <RemoveButton label={`Remove header ${index + 1}`} onClick={() => headers.remove(index)} />
          </div>
        ))}
        <div>
          <Button size="small" onClick={() => headers.append({ name: '', value: '' })}>
            Add a header
          </Button>
        </div>
      </div>
      {complaints.length > 0 && <Notice tone="bad" title={complaints.join('; ')} />}
    </FormSection>
  )
}
