'use client'

import type { UseMutationResult } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { ReasonField } from '#components/ui/reason-field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { reasonSchema } from '#lib/contract/settings.ts'

/** Whether it is on disk already is not told of everything. */
type Deleted = { persisted: boolean } | { done: true }

type Props<Answer extends Deleted> = {
  /** With its name: `alert rule Provider down`. */
  what: string
  /** What is so from then on. */
  effect: string
  /** What is said when it is deleted. */
  done: string
  remove: UseMutationResult<Answer, Error, { reason?: string }>
  /** What must be typed first, for what is gone for good; `as` is "it" unless it is a person. */
  typed?: { name: string; as?: 'it' | 'them' }
  children?: ReactNode
  onClose: () => void
  onDeleted?: (() => void) | undefined
}

/** Asks before something is deleted, and for a reason, which may be left out. */
export function DeleteDialog<Answer extends Deleted>(props: Props<Answer>) {
  const { what, effect, done, remove, typed, children, onClose, onDeleted } = props
  const [name, setName] = useState('')
  const [reason, setReason] = useState('')
  const [error, setError] = useState<{ name?: string; reason?: string }>({})

  const submit = () => {
    if (typed !== undefined && name.trim() !== typed.name)
      return setError({ name: `not the name: ${typed.name}` })
    const given = reason.trim() === '' ? {} : { reason }
    const complaint = 'reason' in given ? reasonSchema.safeParse(reason).error?.issues[0]?.message : undefined
    if (complaint !== undefined) return setError({ reason: complaint })
    setError({})
    remove.mutate(given, {
      onSuccess: (answer) => {
        const note = 'persisted' in answer ? persistedNote(answer.persisted) : null
        toasts.add({ title: done, description: note })
        onClose()
        onDeleted?.()
      },
    })
  }

  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title={`Delete ${what}`}
      description={effect}
      action="Delete"
      pendingAction="Deleting…"
      danger
      pending={remove.isPending}
      error={remove.error}
      onAction={submit}
    >
      {children}
      {typed !== undefined && (
        <Field label={`Type ${typed.name} to delete ${typed.as ?? 'it'}`} error={error.name}>
          <TextInput value={name} spellCheck={false} onChange={({ target }) => setName(target.value)} />
        </Field>
      )}
      <ReasonField value={reason} onValueChange={setReason} error={error.reason} optional />
    </ActionDialog>
  )
}
