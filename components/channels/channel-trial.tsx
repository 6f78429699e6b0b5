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
      {test.data !== undefined && (
        <Notice tone={TONES[test.data.outcome]} role="status" title={capitalise(answerWords(test.data))}>
          <p>{test.data.detail}</p>
          <AnswerText text={test.data.answer} />
        </Notice>
      )}
      {isShown && <ChannelPreviewPart channel={channel} />}
    </FormSection>
  )
}
