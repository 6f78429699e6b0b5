'use client'

import { useState } from 'react'
import type { z } from 'zod'
import { plainWords } from '#lib/contract/plain-words.ts'
import { fieldErrors, type FieldErrors } from '#lib/view/field-errors.ts'
import { isRequestError } from './request-error.ts'

type Outcome<Answer> = { onSuccess: (answer: Answer) => void; onError: (error: Error) => void }

type Then<Answer> = {
  onSuccess?: (answer: Answer) => void
  /** Somebody else was first. */
  onConflict?: () => void
}

/** Sends by `mutate` only what the schema the server uses takes; what either has against it is kept by field. */
export function useCheckedSend<Schema extends z.ZodType, Answer>(
  schema: Schema,
  mutate: (body: z.output<Schema>, outcome: Outcome<Answer>) => void,
) {
  const [errors, setErrors] = useState<FieldErrors>({})

  const send = (input: unknown, { onSuccess, onConflict }: Then<Answer> = {}) => {
    const parsed = schema.safeParse(input, { error: plainWords })
    if (!parsed.success) return setErrors(fieldErrors(parsed.error.issues))
    setErrors({})
    mutate(parsed.data, {
      onSuccess: (answer) => onSuccess?.(answer),
      onError: (error) => {
        if (!isRequestError(error)) return
        setErrors(fieldErrors(error.problem?.errors ?? []))
        if (error.status === 409) onConflict?.()
      },
    })
  }

  return { errors, send }
}
