'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { ReasonField } from '#components/ui/reason-field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { routingMutations } from '#lib/client/routing-mutations.ts'
import type { RouteConfig } from '#lib/contract/route.ts'
import { reasonSchema } from '#lib/contract/settings.ts'
import { nameList } from '#lib/view/name-list.ts'

type Props = { route: RouteConfig; onClose: () => void; onDeleted?: () => void }

/** Asks before a route is deleted, and says what its requests get from then on. */
export function DeleteRouteDialog({ route, onClose, onDeleted }: Props) {
  const { name, models } = route
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const [error, setError] = useState<{ typed?: string; reason?: string }>({})
  const remove = useMutation(routingMutations.deleteRoute(name))

  const submit = () => {
    if (typed.trim() !== name) return setError({ typed: `not the name: ${name}` })
    const given = reason.trim() === '' ? {} : { reason }
    const complaint = 'reason' in given ? reasonSchema.safeParse(reason).error?.issues[0]?.message : undefined
    if (complaint !== undefined) return setError({ reason: complaint })
    setError({})
    remove.mutate(given, {
      onSuccess: ({ persisted }) => {
        toasts.add({ title: `Route ${name} is deleted`, description: persistedNote(persisted) })
        onClose()
        onDeleted?.()
      },
    })
  }

  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title={`Delete route ${name}`}
      description={`Requests for ${models.length === 0 ? `route:${name}` : nameList(models)} go to another route that takes them, and get 404 where there is none. Its decisions stay.`}
      action="Delete"
      pendingAction="Deleting…"
      danger
      pending={remove.isPending}
      error={remove.error}
      onAction={submit}
    >
      <Field label={`Type ${name} to delete it`} error={error.typed}>
        <TextInput value={typed} spellCheck={false} onChange={(event) => setTyped(event.target.value)} />
      </Field>
      <ReasonField value={reason} onValueChange={setReason} error={error.reason} optional />
    </ActionDialog>
  )
}
