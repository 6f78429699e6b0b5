'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { NumberInput } from '#components/ui/number-input.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { useUrlState } from '#lib/client/use-url-state.ts'
import { selectSchema } from '#lib/contract/decision.ts'
import { plainWords } from '#lib/contract/plain-words.ts'
import { fieldErrors, type FieldErrors } from '#lib/view/field-errors.ts'
import {
  API_OPTIONS,
  EMPTY_SIMULATOR_FORM,
  simulatorInput,
  type SimulatorForm,
} from '#lib/view/simulator-form.ts'
import type { Asked } from './simulator-tab.tsx'
import styles from './simulator-tab.module.css'
import { useRouteForModel } from './use-route-for-model.ts'
import { useRouting } from './use-routing.ts'

/** The route of the request's own model, as the gateway would find it. */
const BY_MODEL = ''

const TEXTS = [
  { name: 'region', label: 'Region', placeholder: 'eu-west' },
  { name: 'userId', label: 'User', placeholder: '' },
  { name: 'sessionId', label: 'Session', placeholder: '' },
] as const

/** What a made-up request is: its route or model, and what of it may decide. */
export function SimulatorFields({ onAsk }: { onAsk: (asked: Asked) => void }) {
  const { state } = useRouting()
  const [chosen, setRoute] = useUrlState('route')
  const [form, setForm] = useState<SimulatorForm>(EMPTY_SIMULATOR_FORM)
  const [errors, setErrors] = useState<FieldErrors>({})
  const routeForModel = useRouteForModel()
  const routes = (state?.routes ?? []).map(({ name }) => ({ value: name, label: name }))
  const change = (part: Partial<SimulatorForm>) => setForm({ ...form, ...part })

  const ask = () => {
    const { input, errors: unread } = simulatorInput(form)
    const parsed = selectSchema.safeParse(input, { error: plainWords })
    const route = chosen ?? routeForModel(form.model)
    const found: FieldErrors = {
      ...(parsed.success ? {} : fieldErrors(parsed.error.issues)),
      ...unread,
      ...(route === null ? { model: missingRoute(form.model) } : {}),
    }
    setErrors(found)
    if (parsed.success && route !== null && Object.keys(found).length === 0)
      onAsk({ route, input: parsed.data })
  }

  return (
    <form
      className={styles.fields}
      aria-label="Request"
      onSubmit={(event) => {
        event.preventDefault()
        ask()
      }}
    >
      <Field label="Route" nativeLabel={false}>
        <Select
          value={chosen ?? BY_MODEL}
          onValueChange={(route) => setRoute(route === BY_MODEL ? null : route)}
          options={[{ value: BY_MODEL, label: 'The one that takes the model' }, ...routes]}
        />
      </Field>
      <Field label="Model" optional={chosen !== null} error={errors['model']}>
        <TextInput
          value={form.model}
          placeholder="gpt-4o"
          spellCheck={false}
          onChange={({ target }) => change({ model: target.value })}
        />
      </Field>
      <Field label="API" nativeLabel={false}>
        <Select value={form.api} onValueChange={(api) => change({ api })} options={API_OPTIONS} />
      </Field>
      {TEXTS.map(({ name, label, placeholder }) => (
        <Field key={name} label={label} optional error={errors[name]}>
          <TextInput
            value={form[name]}
            placeholder={placeholder}
            spellCheck={false}
            onChange={({ target }) => change({ [name]: target.value })}
          />
        </Field>
      ))}
      <div className={styles.pair}>
        <Field label="Tokens" optional error={errors['estimatedTokens']}>
          <NumberInput
            value={form.estimatedTokens}
            onValueChange={(estimatedTokens) => change({ estimatedTokens })}
          />
        </Field>
        <Field label="Bytes" optional error={errors['requestBytes']}>
          <NumberInput value={form.requestBytes} onValueChange={(requestBytes) => change({ requestBytes })} />
        </Field>
      </div>
      <Field label="Headers" hint="A line each: x-tier: gold" optional error={errors['headers']}>
        <TextArea
          value={form.headers}
          spellCheck={false}
          onChange={({ target }) => change({ headers: target.value })}
        />
      </Field>
      <Field label="Metadata" hint="A line each: team = search" optional error={errors['metadata']}>
        <TextArea
          value={form.metadata}
          spellCheck={false}
          onChange={({ target }) => change({ metadata: target.value })}
        />
      </Field>
      <Button type="submit" variant="solid">
        Simulate
      </Button>
    </form>
  )
}

const missingRoute = (model: string): string =>
  model.trim() === '' ? 'write a model, or choose a route' : 'no route takes this model: it would get 404'
