'use client'

import type { UseFormReturn } from 'react-hook-form'
import { judgeBy, useJudgedForm } from '#components/settings/use-judged-form.ts'
import { createChannelSchema, patchChannelSchema } from '#lib/contract/channel.ts'
import { plainWords } from '#lib/contract/plain-words.ts'
import { type ChannelForm, createChannelInput, patchChannelInput } from '#lib/view/channel-form.ts'

const words: typeof plainWords = (issue) =>
  issue.code === 'invalid_type' && issue.path?.at(-1) === 'holdMs'
    ? 'write a time, such as 24h'
    : plainWords(issue)

/** Judges the form by the schema the server uses: a new channel whole, a stored one by what was changed. */
const judgeOf = (stored: ChannelForm | null) =>
  stored === null
    ? judgeBy<ChannelForm>(createChannelSchema, createChannelInput, words)
    : judgeBy<ChannelForm>(patchChannelSchema, (form) => patchChannelInput(form, stored, 0), words)

/** The state of a channel's form; `stored` is what is in force, null for a new one. */
export const useChannelForm = (
  initial: ChannelForm,
  stored: ChannelForm | null,
): UseFormReturn<ChannelForm> => useJudgedForm(initial, judgeOf(stored))
