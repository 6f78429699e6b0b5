'use client'

import { useController, useFormContext, useWatch } from 'react-hook-form'
import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Switch } from '#components/ui/switch.tsx'
import type { ProbeType } from '#lib/domain/provider.ts'
import { probeTypesOf, probeWarning, type ProviderForm } from '#lib/view/provider-form.ts'
import { ControlledNumber } from './controlled-number.tsx'
import { ControlledText } from './controlled-text.tsx'
import { FormSection } from './form-section.tsx'
import styles from './form-section.module.css'

const PROBES: Record<ProbeType, { label: string; note: string }> = {
  models: { label: 'Model list', note: 'Reads the list of models. Free; proves that the API answers.' },
  completion: {
    label: 'Completion',
    note: 'Asks a model for a few tokens. Proves the whole way; costs money.',
  },
  http: { label: 'HTTP', note: 'Reads a URL and expects a status.' },
  tcp: { label: 'TCP', note: 'Opens a connection. Proves only that the address is reachable.' },
}

/** How the provider is checked, with the fields of that probe alone. */
export function ProviderProbe() {
  const { control } = useFormContext<ProviderForm>()
  const form = useWatch({ control }) as ProviderForm
  const type = useController({ control, name: 'probe.type' })
  const skips = useController({ control, name: 'probe.skipWhenTrafficProves' })
  const warning = probeWarning(form)
  return (
    <FormSection title="Check">
      <ChoiceGroup
        label="Probe"
        layout="cards"
        value={type.field.value}
        onValueChange={type.field.onChange}
        choices={probeTypesOf(form.kind).map((probe) => ({ value: probe, ...PROBES[probe] }))}
      />
      {type.field.value === 'completion' && (
        <>
          <div className={styles.pair}>
            <ControlledText<ProviderForm>
              name="probe.model"
              label="Model"
              spellCheck={false}
              hint="The name that the provider knows"
            />
            <ControlledNumber<ProviderForm>
              name="probe.dailyBudgetUsd"
              label="Daily budget"
              optional
              unit="$"
              hint="US dollars a UTC day; needs the model’s prices. Empty: no limit"
            />
          </div>
          {warning !== null && <Notice tone="warn" title={warning} />}
          <div className={styles.line}>
            <Switch
              label="Skip while traffic proves it healthy"
              checked={skips.field.value}
              onCheckedChange={(checked) => skips.field.onChange(checked)}
            />
            <span>Skip while real traffic proves it healthy</span>
          </div>
        </>
      )}
      {type.field.value === 'http' && (
        <div className={styles.pair}>
          <ControlledText<ProviderForm>
            name="probe.path"
            label="Path"
            optional
            spellCheck={false}
            placeholder="/health"
            hint="Below the base URL. Empty: the base URL itself"
          />
          <ControlledNumber<ProviderForm>
            name="probe.expectStatus"
            label="Expected status"
            optional
            placeholder="any 2xx"
          />
        </div>
      )}
    </FormSection>
  )
}
