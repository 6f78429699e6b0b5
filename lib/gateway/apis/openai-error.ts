import { GATEWAY_ERRORS, type GatewayError } from '../errors.ts'

/** An error as OpenAI writes it. */
export const openaiErrorBody = ({ code, message }: GatewayError): string =>
  JSON.stringify({ error: { message, type: GATEWAY_ERRORS[code].openai, param: null, code } })

/** An error as the last event of one of OpenAI's streams. */
export const openaiErrorFrame = (error: GatewayError): string => `data: ${openaiErrorBody(error)}\n\n`
