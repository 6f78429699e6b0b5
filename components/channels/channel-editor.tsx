'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormProvider } from 'react-hook-form'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { ComplaintSummary } from '#components/settings/complaint-summary.tsx'
import { EditorFoot } from '#components/settings/editor-foot.tsx'
import styles from '#components/settings/provider-editor.module.css'
import { LeaveGuard } from '#components/ui/leave-guard.tsx'
import { ReadOnlyWithout } from '#components/ui/read-only.tsx'
import { toasts } from '#components/ui/toasts.ts'
import type { ChannelState } from '#lib/contract/channel.ts'
import { type ChannelForm, channelForm, isSameChannel, secretsAtStake } from '#lib/view/channel-form.ts'
import { channelFieldLabel } from '#lib/view/channel-words.ts'
import { ChannelChangedMeanwhile } from './channel-changed-meanwhile.tsx'
import { ChannelIdentity } from './channel-identity.tsx'
import { ChannelSecrets } from './channel-secrets.tsx'
import { KindSettings } from './kind-settings.tsx'
import { useChannelForm } from './use-channel-form.ts'
import { useSaveChannel } from './use-save-channel.ts'

type Props = {
  initial: ChannelForm
  /** The channel as it is stored; null for a new one. */
  channel: ChannelState | null
}

/** A channel's one form, for a new one and for a stored one alike. */
export function ChannelEditor({ initial, channel }: Props) {
  const [stored, setStored] = useState(channel)
  const before = stored === null ? null : channelForm(stored)
  const form = useChannelForm(initial, before)
  const values = form.watch()
  const saving = useSaveChannel(form, stored)
  const router = useRouter()
  const isDirty = !isSameChannel(values, before ?? initial)

  const take = (next: ChannelState, shown: ChannelForm) => {
    setStored(next)
    form.reset(shown)
    saving.forget()
  }

  const save = () =>
    saving.save(({ channel: next, persisted }) => {
      take(next, channelForm(next))
      toasts.add({
        title: `Channel ${next.name} is ${stored === null ? 'in force' : 'changed'}`,
        description: persistedNote(persisted),
      })
      if (stored === null) router.replace(`/settings/channels/${encodeURIComponent(next.id)}`)
    })

  return (
    <FormProvider {...form}>
      <div className={styles.form}>
        <ComplaintSummary labelOf={(path) => channelFieldLabel(initial.kind, path)} />
        <ReadOnlyWithout needs="alerts.write">
          <ChannelIdentity />
          <KindSettings kind={initial.kind} />
          <ChannelSecrets stored={stored} atStake={before === null ? [] : secretsAtStake(values, before)} />
        </ReadOnlyWithout>
        <EditorFoot
          needs="alerts.write"
          create={stored === null ? 'Create the channel' : null}
          unsaved="Not saved yet"
          isDirty={isDirty}
          saving={saving}
          onSave={save}
          onDiscard={() => form.reset(before ?? initial)}
        >
          {stored !== null && (
            <ChannelChangedMeanwhile stored={stored} mine={form.getValues} onChosen={take} />
          )}
        </EditorFoot>
      </div>
      <LeaveGuard
        when={isDirty}
        what={stored === null ? 'This new channel' : `Your changes of ${stored.name}`}
      />
    </FormProvider>
  )
}
