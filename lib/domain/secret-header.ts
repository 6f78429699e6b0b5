const SECRET_NAME = /auth|key|token|secret|cookie|password|credential|signature/i
const SEALED_PREFIX = 'sealed:'

/** Whether a header's name says that its value is a secret. */
export const isSecretHeader = (name: string): boolean => SECRET_NAME.test(name)

/** How a sealed header value is kept among plain ones. */
export const sealedHeader = (sealed: string): string => `${SEALED_PREFIX}${sealed}`

/** The sealed text of a kept header value; null for a plain one. */
export const sealedTextOf = (value: string): string | null =>
  value.startsWith(SEALED_PREFIX) ? value.slice(SEALED_PREFIX.length) : null
