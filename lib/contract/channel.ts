import { z } from 'zod'
import { CHANNEL_KINDS, type ChannelKind } from '#lib/domain/alerts/channel.ts'
import { CHANNEL_SHAPES } from './channel-kinds.ts'
import { nameSchema } from './name.ts'
import { idSchema, keyReferenceSchema } from './provider.ts'

type Shapes = { [K in ChannelKind]: (typeof CHANNEL_SHAPES)[K] }

/** A kind's settings, complete. */
export type ChannelSettings<K extends ChannelKind> = z.output<Shapes[K]['settings']>
/** The names of a kind's secrets. */
export type SecretName<K extends ChannelKind> = keyof Shapes[K]['secrets'] & string

/** A secret on its way in: itself, or where it will be found each time it is used. */
const secretOf = <T extends z.ZodType<string>>(secret: T) =>
  z.union([z.strictObject({ secret }), z.strictObject({ reference: keyReferenceSchema })])

type SecretFields<K extends ChannelKind> = {
  [N in SecretName<K>]: z.ZodOptional<z.ZodNullable<ReturnType<typeof secretOf>>>
}

/** Every secret of a kind, each optional: left out it stays as it is, null takes it away. */
function secretsOf<K extends ChannelKind>(kind: K): z.ZodObject<SecretFields<K>, z.core.$strict> {
  const fields = Object.entries(CHANNEL_SHAPES[kind].secrets).map(([field, schema]) => [
    field,
    secretOf(schema).nullable().optional(),
  ])
  // The names are those of the table, which is what the type says.
  return z.strictObject(Object.fromEntries(fields) as SecretFields<K>)
}

function secretsNeeded<K extends ChannelKind>(kind: K) {
  const required: readonly string[] = CHANNEL_SHAPES[kind].required
  return secretsOf(kind).superRefine((given, context) => {
    const secrets = given as Readonly<Record<string, unknown>>
    for (const field of required.filter((one) => secrets[one] === undefined || secrets[one] === null))
      context.addIssue({ code: 'custom', path: [field], message: 'is needed' })
  })
}

const created = <K extends ChannelKind>(kind: K) =>
  z.strictObject({
    kind: z.literal(kind),
    id: idSchema.optional(),
    name: nameSchema,
    enabled: z.boolean().optional(),
    settings: CHANNEL_SHAPES[kind].settings,
    secrets: secretsNeeded(kind),
  })

/** A new channel; what of its settings is left out takes a default. */
export const createChannelSchema = z.discriminatedUnion('kind', [
  created('webhook'),
  created('slack'),
  created('pagerduty'),
  created('alertmanager'),
  created('email'),
])
export type CreateChannel = z.infer<typeof createChannelSchema>

const patched = <K extends ChannelKind>(kind: K) =>
  z.strictObject({
    /** The channel's own: a channel does not become one of another kind. */
    kind: z.literal(kind),
    expectedVersion: z.int(),
    name: nameSchema.optional(),
    enabled: z.boolean().optional(),
    settings: (CHANNEL_SHAPES[kind].settings as Shapes[K]['settings']).optional(),
    secrets: secretsOf(kind).optional(),
  })

/** A change of a channel: only the fields given change, settings as a whole; a stale `expectedVersion` is refused. */
export const patchChannelSchema = z.discriminatedUnion('kind', [
  patched('webhook'),
  patched('slack'),
  patched('pagerduty'),
  patched('alertmanager'),
  patched('email'),
])
export type PatchChannel = z.infer<typeof patchChannelSchema>

/** A secret as it is read: whether it is there, how it ends or where it is found, never what it is. */
export const secretViewSchema = z.object({
  isSet: z.boolean(),
  last4: z.string().nullable(),
  reference: z.string().nullable(),
})
export type SecretView = z.infer<typeof secretViewSchema>

/** A channel as it is read. */
export const channelConfigSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(CHANNEL_KINDS),
  enabled: z.boolean(),
  settings: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), secretViewSchema),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type ChannelConfig = z.infer<typeof channelConfigSchema>

/** What would be sent, without secrets; `request` is null where nothing would be, and `detail` says why. */
export const channelPreviewSchema = z.object({
  request: z
    .object({
      /** The HTTP method, or SMTP. */
      method: z.string(),
      url: z.string(),
      headers: z.record(z.string(), z.string()),
      body: z.string(),
      /** The HTML beside the text of a mail. */
      html: z.string().nullable(),
    })
    .nullable(),
  detail: z.string().nullable(),
})
export type ChannelPreview = z.infer<typeof channelPreviewSchema>

/** How one attempt to deliver ended. */
export const deliverySchema = z.object({
  /** `retry`: may work later. `refused`: will not work until somebody changes something. */
  outcome: z.enum(['delivered', 'retry', 'refused']),
  /** The HTTP or SMTP status; null where there was no answer. */
  status: z.int().nullable(),
  /** The first 2,000 characters of what was answered, without secrets. */
  answer: z.string(),
  /** How long the receiver asks to be left alone. */
  retryAfterMs: z.int().nullable(),
  /** What happened, in one sentence. */
  detail: z.string(),
})
export type Delivery = z.infer<typeof deliverySchema>

/** How a test went. */
export const channelTestSchema = deliverySchema.extend({
  /** How the word that the test's alarm is over went; null where a test leaves none open. */
  ending: deliverySchema.nullable(),
})
export type ChannelTest = z.infer<typeof channelTestSchema>

/** A channel as it is read, and how it does since this process began. */
export const channelStateSchema = channelConfigSchema.extend({
  health: z.object({
    asOf: z.iso.datetime(),
    /** Notifications that wait for it. */
    waiting: z.int(),
    /** Attempts in a row that did not get through. */
    failures: z.int(),
    /** Until when nothing is tried after a failure. */
    pausedUntil: z.iso.datetime().nullable(),
    last: z.object({ at: z.iso.datetime(), result: deliverySchema }).nullable(),
  }),
})
export type ChannelState = z.infer<typeof channelStateSchema>
