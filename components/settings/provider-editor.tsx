'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { FormProvider } from 'react-hook-form'
import { LeaveGuard } from '#components/ui/leave-guard.tsx'
import { ReadOnlyWithout } from '#components/ui/read-only.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { mutations } from '#lib/client/mutations.ts'
import { queries } from '#lib/client/queries.ts'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import { fieldLabel } from '#lib/view/form-sides.ts'
import { PROVIDER_LABELS } from '#lib/view/provider-form-labels.ts'
import { providerForm, type ProviderForm } from '#lib/view/provider-form.ts'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { CheckResult } from './check-result.tsx'
import { ComplaintSummary } from './complaint-summary.tsx'
import { ProviderAdvanced } from './provider-advanced.tsx'
import { ProviderChangedMeanwhile } from './provider-changed-meanwhile.tsx'
import styles from './provider-editor.module.css'
import { ProviderIdentity } from './provider-identity.tsx'
import { ProviderKey } from './provider-key.tsx'
import { ProviderModels } from './provider-models.tsx'
import { ProviderProbe } from './provider-probe.tsx'
import { ProviderThresholds } from './provider-thresholds.tsx'
import { ReadingNotice } from './reading-notice.tsx'
import { SaveBar } from './save-bar.tsx'
import { useProviderForm } from './use-provider-form.ts'
import { useSaveProvider } from './use-save-provider.ts'

type Props = {
  initial: ProviderForm
  /** The provider as it is stored; null for a new one. */
  provider: ProviderConfig | null
}

/** A provider's one form, for a new one and for a stored one alike. */
export function ProviderEditor({ initial, provider }: Props) {
  // What the form is compared with: what was stored when it was opened, and after each save what was saved.
  const [stored, setStored] = useState(provider)
  const form = useProviderForm(initial, stored === null ? null : providerForm(stored))
  const { isDirty } = form.formState
  const check = useMutation(mutations.checkNow())
  const inherited = useQuery(queries.settings())
  const saving = useSaveProvider(form, stored)
  const isNew = stored === null

  const take = (next: ProviderConfig, values: ProviderForm) => {
    setStored(next)
    form.reset(providerForm(next))
    // What differs from the stored provider is set over it, so that it counts as changed.
    for (const [name, value] of Object.entries(values)) {
      form.setValue(name as keyof ProviderForm, value, { shouldDirty: true })
    }
  }

  const save = (then: 'stay' | 'check') =>
    saving.save(({ provider: next, persisted, hasChanged }) => {
      take(next, providerForm(next))
      if (isNew) window.history.replaceState(null, '', `/settings/providers/${encodeURIComponent(next.id)}`)
      if (hasChanged)
        toasts.add({
          title: `${next.name} is ${isNew ? 'added' : 'saved'}`,
          description: persistedNote(persisted),
        })
      if (then === 'check') check.mutate(next.id)
    })

  return (
    <FormProvider {...form}>
      <div className={styles.form}>
        <ComplaintSummary labelOf={(path) => fieldLabel(PROVIDER_LABELS, path)} />
        <ReadOnlyWithout needs="providers.write">
          <ProviderIdentity isNew={isNew} />
          <ProviderKey stored={stored} />
          <ProviderProbe />
          <ProviderModels />
          <ReadingNotice what="The thresholds of all providers" reading={inherited} />
          <ProviderThresholds settings={inherited.data?.settings ?? DEFAULT_SETTINGS} />
          <ProviderAdvanced />
        </ReadOnlyWithout>
        <div className={styles.foot}>
          {stored !== null && (
            <ProviderChangedMeanwhile
              stored={stored}
              mine={form.getValues}
              onChosen={(latest, values) => {
                take(latest, values)
                saving.forget()
              }}
            />
          )}
          {saving.error !== null && <RequestNotice error={saving.error} details={saving.homeless} />}
          <CheckResult check={check} />
          <SaveBar
            isNew={isNew}
            isDirty={isDirty}
            isSaving={saving.isPending}
            isChecking={check.isPending}
            onSave={save}
            onDiscard={() => form.reset()}
          />
        </div>
      </div>
      <LeaveGuard when={isDirty} what={isNew ? 'This new provider' : `Your changes of ${stored.name}`} />
    </FormProvider>
  )
}
