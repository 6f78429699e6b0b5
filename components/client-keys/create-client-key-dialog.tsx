'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CreatedKeyDialog } from '#components/settings/created-key-dialog.tsx'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { NumberInput } from '#components/ui/number-input.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { routingMutations } from '#lib/client/routing-mutations.ts'
import { routingQueries } from '#lib/client/routing-queries.ts'
import { useCheckedSend } from '#lib/client/use-checked-send.ts'
import { createClientKeySchema } from '#lib/contract/client-key.ts'
import { clientKeyInput, EMPTY_CLIENT_KEY_FORM, type ClientKeyForm } from '#lib/view/client-key-form.ts'
import { homelessErrors } from '#lib/view/field-errors.ts'
import { AllowedRoutes } from './allowed-routes.tsx'

const FIELDS = ['name', 'routes', 'requestsPerMinute', 'tokensPerMinute']

/** Makes a key for an application; once made, it is shown this one time. */
export function CreateClientKeyDialog({ onClose }: { onClose: () => void }) {
  const [form, setForm] = useState<ClientKeyForm>(EMPTY_CLIENT_KEY_FORM)
  const { data: routes = [] } = useQuery(routingQueries.routes())
  const create = useMutation(routingMutations.createClientKey())
  const { errors, send } = useCheckedSend(createClientKeySchema, create.mutate)
  const change = (part: Partial<ClientKeyForm>) => setForm({ ...form, ...part })

  const submit = () => send(clientKeyInput(form))

  if (create.data !== undefined) {
    const { clientKey, key, persisted } = create.data
    return (
      <CreatedKeyDialog name={clientKey.name} text={key} persisted={persisted} onClose={onClose}>
        Applications send it as <code>Authorization: Bearer …</code>, which is how OpenAI’s libraries send
        their <code>apiKey</code>.
      </CreatedKeyDialog>
    )
  }
  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title="Create a gateway key"
      description="For one application. From the first key on, every request to the gateway must carry one."
      action="Create"
      pendingAction="Creating…"
      pending={create.isPending}
      error={create.error}
      errorDetails={homelessErrors(errors, FIELDS)}
      onAction={submit}
    >
      <Field label="Name" hint="Whose it is: checkout, nightly-batch" error={errors['name']}>
        <TextInput value={form.name} onChange={({ target }) => change({ name: target.value })} />
      </Field>
      <AllowedRoutes
        routes={routes.map(({ name }) => name)}
        allowed={form.routes}
        error={errors['routes']}
        onChange={(allowed) => change({ routes: allowed })}
      />
      <Field label="Requests a minute" optional error={errors['requestsPerMinute']}>
        <NumberInput
          placeholder="no limit"
          value={form.requestsPerMinute}
          onValueChange={(requestsPerMinute) => change({ requestsPerMinute })}
        />
      </Field>
      <Field label="Tokens a minute" optional error={errors['tokensPerMinute']}>
        <NumberInput
          placeholder="no limit"
          value={form.tokensPerMinute}
          onValueChange={(tokensPerMinute) => change({ tokensPerMinute })}
        />
      </Field>
    </ActionDialog>
  )
}
