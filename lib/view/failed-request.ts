/** A request that failed: whether the server itself said so, and what its refusal means, in words. */
export type FailedRequest = {
  isAnswered: boolean
  refused?: string | undefined
  /** Whether it asked and changed nothing: then what it did not bring is known without an answer. */
  isQuestion?: boolean
}

/**
 * What is said of it. That nothing was done only the server's own answer can say: a connection may break between the
 * doing and the telling.
 */
export const failedRequestWords = ({
  isAnswered,
  refused = 'Nothing was changed',
  isQuestion = false,
}: FailedRequest): { title: string; advice: string | null } =>
  isAnswered || isQuestion
    ? { title: refused, advice: null }
    : {
        title: 'Not confirmed',
        advice: 'It may have been done before the connection broke: look before you try again.',
      }
