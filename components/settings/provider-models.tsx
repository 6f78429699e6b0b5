'use client'

import { useFieldArray, useFormContext } from 'react-hook-form'
import { Button } from '#components/ui/button.tsx'
import type { ProviderForm } from '#lib/view/provider-form.ts'
import { ControlledNumber } from './controlled-number.tsx'
import { ControlledText } from './controlled-text.tsx'
import { FormSection } from './form-section.tsx'
import styles from './form-section.module.css'
import { RemoveButton } from './remove-button.tsx'

/** The models that the provider serves, with their prices. */
export function ProviderModels() {
  const { control } = useFormContext<ProviderForm>()
  const { fields, append, remove } = useFieldArray({ control, name: 'models' })
  return (
    <FormSection title="Models" meta="prices in $ per 1,000,000 tokens">
      {fields.length === 0 && (
        <p className={styles.quiet}>
          None named. Each model that traffic or a completion check names gets a circuit of its own.
        </p>
      )}
      <div className={styles.rows} hidden={fields.length === 0}>
        {fields.map((row, index) => (
          <div key={row.id} className={styles.model} role="group" aria-label={`Model ${index + 1}`}>
            <ControlledText<ProviderForm> name={`models.${index}.name`} label="Model" spellCheck={false} />
            <ControlledText<ProviderForm>
              name={`models.${index}.alias`}
              label="Alias"
              optional
              spellCheck={false}
            />
            <ControlledNumber<ProviderForm> name={`models.${index}.priceIn`} label="Price in" unit="$" />
            <ControlledNumber<ProviderForm> name={`models.${index}.priceOut`} label="Price out" unit="$" />
            <RemoveButton label={`Remove model ${index + 1}`} onClick={() => remove(index)} />
          </div>
        ))}
      </div>
      <div>
        <Button size="small" onClick={() => append({ name: '', alias: '', priceIn: null, priceOut: null })}>
          Add a model
        </Button>
      </div>
    </FormSection>
  )
}
