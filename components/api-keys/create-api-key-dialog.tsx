'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { CreatedKeyDialog } from '#components/settings/created-key-dialog.tsx'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { apiKeyMutations } from '#lib/client/api-key-queries.ts'
import { serverNow } from '#lib/client/clock.ts'
import { useCheckedSend } from '#lib/client/use-checked-send.ts'
import { createApiKeySchema } from '#lib/contract/api-key.ts'
import { apiKeyInput, EMPTY_API_KEY_FORM, KEY_LIVES, type ApiKeyForm } from '#lib/view/api-key-form.ts'
import { homelessErrors } from '#lib/view/field-errors.ts'
import { KeyPurposes } from './key-purposes.tsx'

const FIELDS = ['name', 'scopes', 'expiresAt']

const LIVES = KEY_LIVES.map((life) => ({
  value: life,
  label: life === 'never' ? 'Never' : `In ${life} days`,
}))

/** Makes a key for a machine; once made, it is shown this one time. */
export function CreateApiKeyDialog({ onClose }: { onClose: () => void }) {
  const [form, setForm] = useState<ApiKeyForm>(EMPTY_API_KEY_FORM)
  const create = useMutation(apiKeyMutations.create())
  const { errors, send } = useCheckedSend(createApiKeySchema, create.mutate)
  const change = (part: Partial<ApiKeyForm>) => setForm({ ...form, ...part })

  const submit = () => send(apiKeyInput(form, serverNow()))

  if (create.data !== undefined) {
    const { apiKey, key, persisted } = create.data
    return (
      <CreatedKeyDialog name={apiKey.name} text={key} persisted={persisted} onClose={onClose}>
        The machine sends it as <code>Authorization: Bearer …</code> with each call.
      </CreatedKeyDialog>
    )
  }
  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title="Create an API key"
      description="For one machine that calls Switchyard’s own API. To the gateway a gateway key is sent instead."
      action="Create"
      pendingAction="Creating…"
      pending={create.isPending}
      error={create.error}
      errorDetails={homelessErrors(errors, FIELDS)}
      onAction={submit}
    >
      <Field label="Name" hint="Whose it is: deployments, prometheus" error={errors['name']}>
        <TextInput value={form.name} onChange={({ target }) => change({ name: target.value })} />
      </Field>
      <KeyPurposes scopes={form.scopes} error={errors['scopes']} onChange={(scopes) => change({ scopes })} />
      <ChoiceGroup
        label="Expires"
        value={form.life}
        choices={LIVES}
        onValueChange={(life) => change({ life })}
      />
    </ActionDialog>
  )
}
