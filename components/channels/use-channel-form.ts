'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { type FieldErrors, type Resolver, useForm, type UseFormReturn } from 'react-hook-form'
import { createChannelSchema, patchChannelSchema } from '#lib/contract/channel.ts'
import { type ChannelForm, createChannelInput, patchChannelInput } from '#lib/view/channel-form.ts'

type Judge = (
  input: unknown,
  context: unknown,
  options: Parameters<Resolver<ChannelForm>>[2],
) => Promise<{ errors: FieldErrors<ChannelForm> }>

const words = {
  error: (issue: { code?: string; path?: readonly PropertyKey[] | undefined }) => {
    if (issue.code !== 'invalid_type') return undefined
    return issue.path?.at(-1) === 'holdMs' ? 'write a time, such as 24h' : 'write a number'
  },
}

/**
 * A schema of the wire as a judge of the form. A resolver is typed for its schema's own shape; only its errors are
 * taken, and those lie at paths that the form names alike.
 */
const judgeBy = (schema: typeof createChannelSchema | typeof patchChannelSchema) =>
  zodResolver(schema, words) as unknown as Judge

const judgeNew = judgeBy(createChannelSchema)
const judgeChange = judgeBy(patchChannelSchema)

/** Judges the form by the schema the server uses: a new channel whole, a stored one by what was changed. */
const resolverOf =
  (stored: ChannelForm | null): Resolver<ChannelForm> =>
  async (form, context, options) => {
    const { errors } =
      stored === null
        ? await judgeNew(createChannelInput(form), context, options)
        : await judgeChange(patchChannelInput(form, stored, 0), context, options)
    return Object.keys(errors).length === 0 ? { values: form, errors: {} } : { values: {}, errors }
  }

/** The state of a channel's form; `stored` is what is in force, null for a new one. */
export const useChannelForm = (
  initial: ChannelForm,
  stored: ChannelForm | null,
): UseFormReturn<ChannelForm> =>
  useForm<ChannelForm>({
    defaultValues: initial,
    resolver: resolverOf(stored),
    mode: 'onTouched',
    // The error summary takes the focus instead, and leads to each field.
    shouldFocusError: false,
  })
