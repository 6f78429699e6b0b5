'use client'

import { useRef, useState, type SubmitEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { serverNow } from '#lib/client/clock.ts'
import { showRange, showWindow, useTimeWindow } from '#lib/client/use-time-window.ts'
import { useZone } from '#lib/client/use-zone.ts'
import { zoneWords } from '#lib/view/format.ts'
import { readRangeForm, type RangeFormErrors, wallClock } from '#lib/view/range-form.ts'
import { rangeLength, TIME_RANGES } from '#lib/view/time-range.ts'
import { windowMs } from '#lib/view/time-window.ts'
import styles from './range-dialog.module.css'

const FIELDS = [
  ['from', 'From'],
  ['to', 'To'],
] as const

/** Asks for a range that ends now, or for a begin and an end. */
export function RangeDialog({ onClose }: { onClose: () => void }) {
  const { window } = useTimeWindow()
  const { zone } = useZone()
  const [values, setValues] = useState(() => {
    const to = window.kind === 'past' ? window.to : serverNow()
    return { from: wallClock(to - windowMs(window), zone), to: wallClock(to, zone) }
  })
  const [errors, setErrors] = useState<RangeFormErrors>({})
  const firstField = useRef<HTMLInputElement>(null)

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const read = readRangeForm(values, { zone, now: serverNow() })
    if ('errors' in read) {
      setErrors(read.errors)
      return
    }
    showWindow(read.window)
    onClose()
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title="Time range"
      description={`Times are in ${zoneWords(serverNow(), zone)}. What is kept: minutes for 48 h, 5 min for 14 days, hours for 400 days.`}
      initialFocus={firstField}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="solid" type="submit" form="time-range">
            Show
          </Button>
        </>
      }
    >
      <div className={styles.presets} role="group" aria-label="Ranges that end now">
        {TIME_RANGES.map((range) => (
          <Button
            key={range}
            size="small"
            aria-pressed={window.kind === 'live' && window.range === range}
            onClick={() => {
              showRange(range)
              onClose()
            }}
          >
            {rangeLength(range)}
          </Button>
        ))}
      </div>
      <form id="time-range" className={styles.ends} onSubmit={submit} noValidate>
        {FIELDS.map(([name, label], i) => (
          <Field key={name} label={label} error={errors[name]}>
            <TextInput
              {...(i === 0 ? { ref: firstField } : {})}
              type="datetime-local"
              value={values[name]}
              onChange={({ target }) => setValues({ ...values, [name]: target.value })}
            />
          </Field>
        ))}
      </form>
    </Dialog>
  )
}
