import type { IncomingMessage } from 'node:http'
import { gatewayError, type GatewayError } from './errors.ts'
import type { ScannedField, Span } from './json-scan.ts'
import { spliceModel } from './splice-model.ts'

/** The longest model name that is taken for one. */
const MAX_MODEL_LENGTH = 256
/** More metadata than this is not looked at. */
const MAX_METADATA_BYTES = 65_536

const NO_METADATA: Readonly<Record<string, unknown>> = {}

/** Told of every piece of the rest of a body as it goes by, of its end, and when its client breaks it off. */
export type RestWatch = {
  onPiece: () => void
  onWaiting: () => void
  onEnd: () => void
  onBroken: () => void
}

/** What a body says that routing reads. */
export type BodyFields = {
  model: string
  stream: boolean
  user: unknown
  metadata: Readonly<Record<string, unknown>>
  /** The body's size in bytes; null where it is not known. */
  size: number | null
}

/** A request's body as far as it is kept, and the rest where it is too large for that. */
export class ReadBody {
  readonly bytes: Buffer
  private readonly spans: Partial<Record<ScannedField, Span>>
  private readonly rest: IncomingMessage | null

  constructor(parts: {
    bytes: Buffer
    spans: Partial<Record<ScannedField, Span>>
    rest: IncomingMessage | null
  }) {
    this.bytes = parts.bytes
    this.spans = parts.spans
    this.rest = parts.rest
  }

  /** Whether all of it is kept, so that it can be sent again. */
  get isWhole(): boolean {
    return this.rest === null
  }

  /** The size in bytes, as it came or, of a larger one, as the client announced it; null where it did not. */
  get size(): number | null {
    if (this.rest === null) return this.bytes.length
    const announced = Number(this.rest.headers['content-length'])
    return Number.isInteger(announced) ? announced : null
  }

  /** The fields that routing reads, or what is wrong with them. */
  fields(): BodyFields | GatewayError {
    const model = this.value('model')
    if (typeof model !== 'string' || model === '' || model.length > MAX_MODEL_LENGTH)
      return gatewayError('invalid_model', 'The body must name a "model", as a string.')
    const stream = this.value('stream')
    if (stream !== undefined && stream !== null && typeof stream !== 'boolean')
      return gatewayError('invalid_field', '"stream" must be true or false.')
    const metadata = this.value('metadata')
    const isMetadata = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata)
    return {
      model,
      stream: stream === true,
      user: this.value('user'),
      metadata: isMetadata ? (metadata as Record<string, unknown>) : NO_METADATA,
      size: this.size,
    }
  }

  /**
   * The body to be sent to where the model has this name, and its size; null where only its end will tell. `watch` is
   * told of what is not kept, and must be there where something is not.
   */
  as(
    model: string,
    requested: string,
    watch: RestWatch | null,
  ): { body: Uint8Array | AsyncIterable<Uint8Array>; bytes: number | null } {
    const span = this.spans.model
    const kept = model === requested || span === undefined ? this.bytes : spliceModel(this.bytes, span, model)
    if (this.rest === null || watch === null) return { body: kept, bytes: null }
    const { size } = this
    return {
      body: withRest(kept, this.rest, watch),
      bytes: size === null ? null : size + kept.length - this.bytes.length,
    }
  }

  /** A field's value; undefined where it is missing, too large, not kept, or not JSON. */
  private value(field: ScannedField): unknown {
    const span = this.spans[field]
    if (span === undefined || span.end > this.bytes.length || span.end - span.start > MAX_METADATA_BYTES)
      return undefined
    try {
      return JSON.parse(this.bytes.toString('utf8', span.start, span.end)) as unknown
    } catch {
      return undefined
    }
  }
}

async function* withRest(kept: Buffer, rest: IncomingMessage, watch: RestWatch): AsyncGenerator<Uint8Array> {
  yield kept
  try {
    watch.onWaiting()
    for await (const chunk of rest) {
      watch.onPiece()
      yield chunk as Buffer
      watch.onWaiting()
    }
    watch.onEnd()
  } catch (cause) {
    watch.onBroken()
    throw new Error('the client broke off its upload', { cause })
  }
}
