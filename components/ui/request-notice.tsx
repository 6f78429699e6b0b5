'use client'

import { isRequestError } from '#lib/client/request-error.ts'
import { Notice } from './notice.tsx'
import styles from './request-notice.module.css'

type Props = {
  error: unknown
  /** What was not done, in words; left out for a change. */
  title?: string
  /** Complaints that no field on screen carries. */
  details?: readonly { path: string; message: string }[]
}

/**
 * Why the server did not do it, with the request's id for the log. That nothing was changed only its own answer can say:
 * a connection may break between the doing and the telling.
 */
export function RequestNotice({ error, title, details = [] }: Props) {
  const problem = isRequestError(error) ? error.problem : null
  const message = error instanceof Error ? error.message : 'Something went wrong in this page.'
  return (
    <Notice
      tone="bad"
      role="alert"
      title={title ?? (problem === null ? 'Not confirmed' : 'Nothing was changed')}
    >
      <p>{message}</p>
      {title === undefined && problem === null && (
        <p>It may have been done before the connection broke: look before you try again.</p>
      )}
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
