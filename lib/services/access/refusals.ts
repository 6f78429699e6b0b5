import { AppError, type ErrorCode } from '#lib/domain/errors.ts'
import type { Refused, SignInRefusal } from './sign-in.ts'

type Told = { code: ErrorCode; message: string; path: string }

/** What somebody is told who is refused. Of an account nothing is told before its password is right. */
const TOLD: Readonly<Record<SignInRefusal, Told>> = {
  wrong_credentials: {
    code: 'unauthenticated',
    message: 'There is no such user, or the password is another.',
    path: 'password',
  },
  wrong_code: {
    code: 'invalid_input',
    message: 'This code is not right, or its time is over.',
    path: 'code',
  },
  used_code: {
    code: 'invalid_input',
    message: 'This code has been used. Wait for the next one that the app shows.',
    path: 'code',
  },
  too_many_codes: {
    code: 'rate_limited',
    message: 'Too many wrong codes. Wait 15 minutes, then sign in again.',
    path: 'code',
  },
  wrong_password: { code: 'invalid_input', message: 'The password is another.', path: 'password' },
  disabled: {
    code: 'forbidden',
    message: 'This user is disabled. An administrator can change that.',
    path: '',
  },
  not_set_up: { code: 'conflict', message: 'No second factor is set up.', path: '' },
  already_set_up: { code: 'conflict', message: 'A second factor is set up already.', path: '' },
}

/** The error that a refusal is answered with. */
export function refusalError({ refused }: Refused): AppError {
  const { code, message, path } = TOLD[refused]
  const fields = code === 'invalid_input' ? [{ path, message }] : []
  return new AppError(code, message, { fields, facts: { refused } })
}

/** The answer, unless it is a refusal, which is thrown. */
export function granted<Answer extends object>(answer: Answer | Refused): Answer {
  if ('refused' in answer) throw refusalError(answer)
  return answer
}
