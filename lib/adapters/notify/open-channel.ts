import type { ZodError, ZodType } from 'zod'
import { CHANNEL_SHAPES } from '#lib/contract/channel-kinds.ts'
import { isAppError } from '#lib/domain/errors.ts'
import type { KeySource } from '#lib/domain/provider.ts'
import type { ChannelOpener, OpenedChannel, StoredChannel } from '#lib/services/alerts/channel.ts'
import type { Secrets } from '#lib/services/ports.ts'
import type { ResolveReference } from '../http/key-reader.ts'

type Opened = { value: string | null; fault: null } | { value: null; fault: string }

/**
 * Opens channels' secrets when they are used; a reference is followed every time. Settings and secrets are held to the
 * contract again: a row outlives what wrote it, and a reference may hold anything.
 */
export function createChannelOpener(
  secrets: Pick<Secrets, 'open'>,
  resolveReference: ResolveReference,
): ChannelOpener {
  const open = async (source: KeySource): Promise<Opened> => {
    if (source.type === 'none') return { value: null, fault: null }
    if (source.type === 'reference') return follow(source.reference, resolveReference)
    try {
      return { value: secrets.open(source.sealed), fault: null }
    } catch {
      return { value: null, fault: 'cannot be opened: it was sealed with another secret key' }
    }
  }

  return async (stored) => {
    const shape = CHANNEL_SHAPES[stored.kind]
    const settings = shape.settings.safeParse(stored.settings)
    if (!settings.success)
      return { channel: null, fault: `The stored settings are not usable: ${firstIssue(settings.error)}.` }
    const required: readonly string[] = shape.required
    const opened: Record<string, string | null> = {}
    for (const [name, schema] of Object.entries(shape.secrets)) {
      const found = await open(stored.secrets[name] ?? { type: 'none' })
      const { value, fault } = checked(found, { schema, isRequired: required.includes(name) })
      if (fault !== null) return { channel: null, fault: `The secret "${name}" ${fault}.` }
      opened[name] = value
    }
    return { channel: openedAs(stored, settings.data, opened), fault: null }
  }
}

async function follow(reference: string, resolveReference: ResolveReference): Promise<Opened> {
  try {
    const value = await resolveReference(reference)
    return value === null
      ? { value, fault: `cannot be had: ${reference} is not set` }
      : { value: value.trim(), fault: null }
  } catch (error) {
    if (!isAppError(error)) throw error
    return { value: null, fault: `cannot be had: ${reference} cannot be read, ${error.message}` }
  }
}

type Rule = { schema: ZodType<string>; isRequired: boolean }

function checked(found: Opened, { schema, isRequired }: Rule): Opened {
  if (found.fault !== null) return found
  if (found.value === null) return isRequired ? { value: null, fault: 'is not set' } : found
  const { success, data, error } = schema.safeParse(found.value)
  return success
    ? { value: data, fault: null }
    : { value: null, fault: `is not usable: ${firstIssue(error)}` }
}

/** The message says what is wrong, never what was given. */
const firstIssue = (error: ZodError): string => error.issues[0]?.message ?? 'not of its form'

/** Settings and secrets have just been read by the schemas of this very kind. */
const openedAs = ({ kind }: StoredChannel, settings: unknown, secrets: unknown): OpenedChannel =>
  ({ kind, settings, secrets }) as OpenedChannel
