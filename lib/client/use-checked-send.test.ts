import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { RequestError } from './request-error.ts'
import { useCheckedSend } from './use-checked-send.ts'

type Outcome = { onSuccess: (answer: string) => void; onError: (error: Error) => void }

const schema = z.object({ name: z.string().trim().min(3) })

/** What a dialog would hold, with all that was sent. */
function stage() {
  const sent: { body: { name: string }; outcome: Outcome }[] = []
  const held: ReturnType<typeof useCheckedSend<typeof schema, string>>[] = []
  const Dialog = () => {
    held.push(useCheckedSend(schema, (body, outcome: Outcome) => sent.push({ body, outcome })))
    return null
  }
  renderToStaticMarkup(createElement(Dialog))
  const send: (typeof held)[number]['send'] = (...asked) => held[0]?.send(...asked)
  return { sent, send }
}

const refusal = (status: number) => new RequestError('refused', 'No.', { status })

describe('sending what a dialog holds', () => {
  it('sends what the schema makes of it', () => {
    const { sent, send } = stage()
    send({ name: ' chat ' })
    expect(sent.map(({ body }) => body)).toEqual([{ name: 'chat' }])
  })

  it('sends nothing that the schema refuses', () => {
    const { sent, send } = stage()
    send({ name: 'ab' })
    expect(sent).toEqual([])
  })

  it('hands the answer on', () => {
    const { sent, send } = stage()
    const answers: string[] = []
    send({ name: 'chat' }, { onSuccess: (answer) => answers.push(answer) })
    sent[0]?.outcome.onSuccess('made')
    expect(answers).toEqual(['made'])
  })

  it.each<[why: string, error: Error, conflicts: number]>([
    ['somebody else was first', refusal(409), 1],
    ['it was refused', refusal(422), 0],
    ['there was no answer', new RequestError('unreachable', 'Gone.'), 0],
    ['it went wrong elsewhere', new Error('a bug'), 0],
  ])('tells of a conflict only when there is one: %s', (_why, error, conflicts) => {
    const { sent, send } = stage()
    let told = 0
    send({ name: 'chat' }, { onConflict: () => (told += 1) })
    sent[0]?.outcome.onError(error)
    expect(told).toBe(conflicts)
  })
})
