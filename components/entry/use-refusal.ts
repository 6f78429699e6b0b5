'use client'

import { useState } from 'react'
import { isRequestError } from '#lib/client/request-error.ts'
import { useCountdown } from '#lib/client/use-countdown.ts'

/** Statuses by which the server says that what was written is wrong, or was written too often. */
const ABOUT_THE_FIELD: readonly (number | null)[] = [401, 422, 429]

/**
 * What a form of the entry says of a refusal. `showAtField` puts words at the field that they are about; a wait that
 * the server asks for is counted down there too.
 */
export function useRefusal(showAtField: (message: string) => void) {
  const [left, wait] = useCountdown()
  const [other, setOther] = useState<Error | null>(null)
  const [said, setSaid] = useState<string | null>(null)

  const take = (error: Error) => {
    const isAboutField = isRequestError(error) && ABOUT_THE_FIELD.includes(error.status)
    const seconds = isRequestError(error) ? error.retryAfterSeconds : null
    setOther(isAboutField ? null : error)
    setSaid(isAboutField ? error.message : null)
    if (seconds !== null) wait(seconds)
    else if (isAboutField) showAtField(error.message)
  }

  return {
    take,
    /** Seconds until it may be tried again. */
    left,
    /** What stands at the field meanwhile; null when there is nothing to wait for. */
    waiting: left > 0 ? `too many attempts: try again in ${left} s` : null,
    /** What is no matter of the field; null when nothing is. */
    other,
    /** For those who hear it; what is no matter of the field says itself. */
    said,
  }
}
