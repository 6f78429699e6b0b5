'use client'

import { isRequestError } from '#lib/client/request-error.ts'
import { failedRequestWords } from '#lib/view/failed-request.ts'
import { Notice } from './notice.tsx'
import styles from './request-notice.module.css'

type Props = {
  error: unknown
  /** What the server's refusal means, in words; left out for a change. */
  title?: string
  /** Whether it only asks, so that nothing can have been done. */
  isQuestion?: boolean
  /** Complaints that no field on screen carries. */
  details?: readonly { path: string; message: string }[]
}

/** Why the server did not do it, or that it did not say, with the request's id for the log. */
export function RequestNotice({ error, title, isQuestion = false, details = [] }: Props) {
  const problem = isRequestError(error) ? error.problem : null
  const message = error instanceof Error ? error.message : 'Something went wrong in this page.'
  const said = failedRequestWords({ isAnswered: problem !== null, refused: title, isQuestion })
  return (
    <Notice tone="bad" role="alert" title={said.title}>
      <p>{message}</p>
      {said.advice !== null && <p>{said.advice}</p>}
      {details.length > 0 && (
        <ul>
          {details.map(({ path, message: complaint }) => (
            <li key={path}>
              {path === '' ? '' : `${path}: `}
              {complaint}
            </li>
          ))}
        </ul>
      )}
      {problem !== null && (
        <p className={styles.request}>
          Request <code>{problem.requestId}</code>
        </p>
      )}
    </Notice>
  )
}
