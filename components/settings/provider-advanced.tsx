'use client'

import { useFieldArray, useFormContext, useFormState } from 'react-hook-form'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { ProviderForm } from '#lib/view/provider-form.ts'
import { ControlledNumber } from './controlled-number.tsx'
import { ControlledText } from './controlled-text.tsx'
import { FormSection } from './form-section.tsx'
import styles from './form-section.module.css'
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
        <ControlledText<ProviderForm> name="tags" label="Tags" hint="Separated by commas" />
        <ControlledText<ProviderForm> name="region" label="Region" hint="Such as westeurope" />
      </div>
      <div className={styles.pair}>
        <ControlledNumber<ProviderForm>
          name="weight"
          label="Weight"
          hint="Share of the traffic among equals"
        />
        <ControlledNumber<ProviderForm>
          name="priority"
          label="Priority"
          hint="Lower goes first in failover"
        />
        <ControlledNumber<ProviderForm>
          name="maxConcurrency"
          label="Concurrent requests"
          placeholder="no limit"
          hint="At most"
        />
      </div>
      <div className={styles.pair}>
        <ControlledNumber<ProviderForm> name="latitude" label="Latitude" unit="°" />
        <ControlledNumber<ProviderForm> name="longitude" label="Longitude" unit="°" />
      </div>
      <div className={styles.rows}>
        {headers.fields.map((row, index) => (
          <div key={row.id} className={styles.header} role="group" aria-label={`Header ${index + 1}`}>
            <ControlledText<ProviderForm>
              name={`headers.${index}.name`}
              label="Header"
              spellCheck={false}
              placeholder="x-team"
            />
            <ControlledText<ProviderForm> name={`headers.${index}.value`} label="Value" spellCheck={false} />
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
