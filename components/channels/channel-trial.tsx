'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { FormSection } from '#components/settings/form-section.tsx'
import formStyles from '#components/settings/form-section.module.css'
import { Button } from '#components/ui/button.tsx'
import { Notice, type NoticeTone } from '#components/ui/notice.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import { alertMutations } from '#lib/client/alert-mutations.ts'
import type { ChannelState, Delivery } from '#lib/contract/channel.ts'
import { answerWords } from '#lib/view/channel-words.ts'
import { capitalise } from '#lib/view/format.ts'
import { AnswerText } from './answer-text.tsx'
import { ChannelPreviewPart } from './channel-preview-part.tsx'

const TONES: Record<Delivery['outcome'], NoticeTone> = { delivered: 'ok', retry: 'warn', refused: 'bad' }

/** Tries a channel as it is saved: sends a test and shows what was answered, or shows what would be sent. */
export function ChannelTrial({ channel }: { channel: ChannelState }) {
  const test = useMutation(alertMutations.testChannel(channel.id))
  const [isShown, setShown] = useState(false)
  return (
    <FormSection title="Try it" meta="as it is saved">
      <div className={formStyles.line}>
        <Button
          needs="alerts.write"
          pending={test.isPending}
          pendingLabel="Sending…"
          onClick={() => test.mutate()}
        >
          Send a test
        </Button>
        <Button aria-expanded={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? 'Hide the preview' : 'Preview'}
        </Button>
      </div>
      {test.error !== null && <RequestNotice error={test.error} title="The test was not sent" />}
      {test.data !== undefined && <Answer of={test.data} label="Answer" />}
      {test.data !== undefined && test.data.ending !== null && (
        <Answer of={test.data.ending} label="Answer to its end" about="The test’s alarm is over: " />
      )}
      {isShown && <ChannelPreviewPart channel={channel} />}
    </FormSection>
  )
}

type AnswerProps = { of: Delivery; label: string; about?: string }

function Answer({ of: delivery, label, about = '' }: AnswerProps) {
  return (
    <Notice
      tone={TONES[delivery.outcome]}
      role="status"
      title={capitalise(`${about}${answerWords(delivery)}`)}
    >
      <p>{delivery.detail}</p>
      <AnswerText text={delivery.answer} label={label} />
    </Notice>
  )
}
