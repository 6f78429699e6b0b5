import { z } from 'zod'
import { MAIL_TLS_MODES, WEBHOOK_FORMS } from '#lib/domain/alerts/channel.ts'
import { templateTrouble } from '#lib/domain/alerts/check-template.ts'
import { baseUrlError, baseUrlSchema } from './base-url.ts'

const mailAddress = z.email('an e-mail address').max(254)
const headerText = z.string().regex(/^[\x20-\x7e]+$/, 'printable ASCII only')

/** A base64 text of 24 to 64 bytes behind `whsec_`, as Standard Webhooks has signing secrets. */
const signingSecret = z
  .string()
  .regex(
    /^whsec_(?=[A-Za-z0-9+/]{32,88}={0,2}$)(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
    'whsec_ and the base64 of 24 to 64 bytes',
  )

/** A whole address that is a secret: who knows it can write there. */
const secretUrl = z
  .string()
  .trim()
  .max(2_000, 'at most 2000 characters')
  .superRefine((text, context) => {
    const message = baseUrlError(text)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })

const templateText = z.string().min(1, 'write a template').max(20_000, 'at most 20000 characters')

const webhookSettings = z
  .strictObject({
    form: z.enum(WEBHOOK_FORMS).default('json'),
    /** Telegram alone: the chat's number, or the @name of a public channel. */
    chatId: z
      .string()
      .regex(/^(?:-?\d{1,20}|@\w{1,64})$/, 'a number, or @ and a name')
      .nullable()
      .default(null),
    /** `custom` alone. */
    template: templateText.nullable().default(null),
    contentType: z.enum(['application/json', 'text/plain']).default('application/json'),
  })
  .refine(({ form, chatId }) => form !== 'telegram' || chatId !== null, {
    path: ['chatId'],
    error: 'say which chat',
  })
  .refine(({ form, template }) => form !== 'custom' || template !== null, {
    path: ['template'],
    error: 'write a template',
  })
  .superRefine(({ form, template, contentType }, context) => {
    if (form !== 'custom' || template === null) return
    const message = templateTrouble(template, contentType === 'application/json' ? 'json' : 'text')
    if (message !== null) context.addIssue({ code: 'custom', path: ['template'], message })
  })

const pagerdutySettings = z.strictObject({
  /** `https://events.eu.pagerduty.com` for accounts in the EU. */
  baseUrl: baseUrlSchema.default('https://events.pagerduty.com'),
})

const alertmanagerSettings = z.strictObject({
  baseUrl: baseUrlSchema,
  /** With a user the credential is a password (Basic), without one a token (Bearer). */
  user: headerText
    .max(200)
    .regex(/^[^:]*$/, 'without a colon')
    .nullable()
    .default(null),
  /** Put on every alert beside our own, for routing. */
  labels: z
    .record(
      z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]{0,99}$/, 'letters, digits and _'),
      z.string().min(1).max(500),
    )
    .default({}),
  /** How long Alertmanager holds an alert as firing without hearing of it again. */
  holdMs: z.int().min(300_000, 'at least 300000').max(604_800_000, 'at most 604800000').default(86_400_000),
})

const emailSettings = z
  .strictObject({
    host: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$|^[0-9a-fA-F:]+$/, 'a host name or an address')
      .max(253),
    port: z.int().min(1, 'at least 1').max(65_535, 'at most 65535').default(587),
    tls: z.enum(MAIL_TLS_MODES).default('starttls'),
    user: z.string().min(1).max(254).nullable().default(null),
    from: mailAddress,
    to: z.array(mailAddress).min(1, 'at least one').max(50, 'at most 50'),
  })
  .refine(({ tls, user }) => tls !== 'none' || user === null, {
    path: ['tls'],
    error: 'a password is sent by TLS alone: take starttls or implicit',
  })

const bearer = headerText.min(1).max(4_096)

/**
 * A kind's settings, which anybody who may see channels sees, and its secrets, which nobody sees again. What a secret is
 * required for is asked when it is used: it may be named by a reference that holds nothing yet.
 */
export const CHANNEL_SHAPES = {
  webhook: {
    settings: webhookSettings,
    secrets: { url: secretUrl, signingSecret, authorization: bearer },
    required: ['url'],
  },
  slack: { settings: z.strictObject({}), secrets: { url: secretUrl }, required: ['url'] },
  pagerduty: {
    settings: pagerdutySettings,
    secrets: { routingKey: z.string().regex(/^[A-Za-z0-9]{32}$/, '32 letters and digits') },
    required: ['routingKey'],
  },
  alertmanager: { settings: alertmanagerSettings, secrets: { credential: bearer }, required: [] },
  email: { settings: emailSettings, secrets: { password: z.string().min(1).max(4_096) }, required: [] },
} as const
