import { FailureWords } from '#components/ui/failure-words.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { RetryFailed } from '#components/ui/retry-failed.tsx'
import { failedReading, type Reading } from '#lib/client/waiting-condition.ts'

type Props = {
  /** What it is, to begin the sentence: "The list of providers". */
  what: string
  reading: Reading
}

/**
 * Says where something is edited or chosen that it could not be read again, and how old it therefore may be; nothing
 * when it could. The form below it is left as it is.
 */
export function ReadingNotice({ what, reading }: Props) {
  const failure = failedReading(reading)
  if (failure === null) return null
  return (
    <Notice
      tone="warn"
      role="status"
      title={`${what} could not be read${failure.asOf === null ? '' : ' again'}`}
      actions={<RetryFailed />}
    >
      <p>
        <FailureWords {...failure} />
      </p>
    </Notice>
  )
}
