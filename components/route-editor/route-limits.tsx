'use client'

import { useController, useFormContext } from 'react-hook-form'
import { FormSection } from '#components/settings/form-section.tsx'
import { firstMessage } from '#components/settings/form-messages.ts'
import { ReadingNotice } from '#components/settings/reading-notice.tsx'
import { DurationInput } from '#components/ui/duration-input.tsx'
import { Field } from '#components/ui/field.tsx'
import { NumberInput } from '#components/ui/number-input.tsx'
import { useQuery } from '@tanstack/react-query'
import { queries } from '#lib/client/queries.ts'
import { formatDuration } from '#lib/contract/duration.ts'
import { DEFAULT_REQUEST_TIMEOUT_MS } from '#lib/contract/route.ts'
import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import type { RouteForm } from '#lib/view/route-form.ts'
import styles from './strategy-fields.module.css'

/** The route's own limits; an empty one takes what it shows: that of the thresholds, or the default. */
export function RouteLimits() {
  const { control } = useFormContext<RouteForm>()
  const reading = useQuery(queries.settings())
  const { routing } = reading.data?.settings ?? DEFAULT_SETTINGS
  const attempts = useController({ control, name: 'limits.maxAttempts' })
  return (
    <FormSection title="Limits" meta="empty: as shown">
      <ReadingNotice what="What an empty limit means" reading={reading} />
      <div className={styles.pair}>
        <Field
          label="Attempts"
          hint="At most, the first included"
          error={firstMessage(attempts.fieldState.error)}
        >
          <NumberInput
            id="limits.maxAttempts"
            value={attempts.field.value}
            placeholder={String(routing.maxAttempts)}
            onValueChange={attempts.field.onChange}
            onBlur={attempts.field.onBlur}
          />
        </Field>
        <LimitDuration
          name="limits.timeout"
          label="Whole request"
          hint="All attempts together"
          emptyMeans={formatDuration(DEFAULT_REQUEST_TIMEOUT_MS)}
        />
        <LimitDuration
          name="limits.firstTokenTimeout"
          label="First token"
          hint="Of each attempt’s stream"
          emptyMeans={routing.firstTokenTimeout}
        />
        <LimitDuration
          name="limits.stallTimeout"
          label="Stall"
          hint="Silence within a stream"
          emptyMeans={routing.stallTimeout}
        />
      </div>
    </FormSection>
  )
}

type Props = {
  name: 'limits.timeout' | 'limits.firstTokenTimeout' | 'limits.stallTimeout'
  label: string
  hint: string
  emptyMeans: string
}

function LimitDuration({ name, label, hint, emptyMeans }: Props) {
  const { control } = useFormContext<RouteForm>()
  const { field, fieldState } = useController({ control, name })
  return (
    <Field label={label} hint={hint} error={firstMessage(fieldState.error)}>
      <DurationInput
        id={name}
        value={field.value}
        emptyMeans={emptyMeans}
        onValueChange={field.onChange}
        onBlur={field.onBlur}
      />
    </Field>
  )
}
