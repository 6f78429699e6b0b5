import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi'
import { z } from 'zod'
import { accountSchema, signInSessionSchema } from '#lib/contract/account.ts'
import { apiKeySchema } from '#lib/contract/api-key.ts'
import { alertConditionSchema } from '#lib/contract/alert-condition.ts'
import { ruleConfigSchema } from '#lib/contract/alert-rule.ts'
import { channelStateSchema, deliverySchema } from '#lib/contract/channel.ts'
import { incidentRowSchema } from '#lib/contract/incident-row.ts'
import { deliveryViewSchema, incidentAlertSchema, incidentDetailSchema } from '#lib/contract/incident.ts'
import { matcherSchema, silenceViewSchema } from '#lib/contract/silence.ts'
import { auditEntrySchema } from '#lib/contract/audit.ts'
import { bucketSchema, checkSchema, reportedOutcomeSchema } from '#lib/contract/check.ts'
import { clientKeySchema } from '#lib/contract/client-key.ts'
import {
  actionEventSchema,
  circuitSnapshotSchema,
  coolingEventSchema,
  fleetEventSchema,
  overrideEventSchema,
  overrideSchema,
  transitionSchema,
} from '#lib/contract/circuit.ts'
import { candidateSchema, decisionSchema, routeStateSchema } from '#lib/contract/decision.ts'
import {
  callFiguresSchema,
  exactnessSchema,
  replayedSchema,
  replayFiguresSchema,
} from '#lib/contract/preview.ts'
import { markerEventSchema } from '#lib/contract/marker.ts'
import {
  problemSchema,
  providerRowSchema,
  providerSnapshotSchema,
  selfHealthSchema,
  streamEventSchema,
} from '#lib/contract/monitor.ts'
import { providerConfigSchema } from '#lib/contract/provider.ts'
import { routeConfigSchema } from '#lib/contract/route.ts'
import { strategySchema } from '#lib/contract/strategy.ts'
import { settingsSchema, settingsVersionSchema, thresholdsSchema } from '#lib/contract/settings.ts'
import { type Scope, SCOPE_PERMISSIONS, scopesMay } from '#lib/domain/access/roles.ts'
import type { ErrorCode } from '#lib/domain/errors.ts'
import { type Operation, takesBody } from './operation.ts'
import { allOperations } from './operations/index.ts'
import { STATUS_OF } from './problem.ts'

const problemBody = { 'application/problem+json': { schema: problemSchema } }

/** Schemas that have a name in the document and are written once. */
const NAMED = {
  AlertCondition: alertConditionSchema,
  AlertRule: ruleConfigSchema,
  Channel: channelStateSchema,
  Delivery: deliveryViewSchema,
  DeliveryResult: deliverySchema,
  Incident: incidentDetailSchema,
  IncidentAlert: incidentAlertSchema,
  IncidentRow: incidentRowSchema,
  Silence: silenceViewSchema,
  SilenceMatcher: matcherSchema,
  Account: accountSchema,
  ApiKey: apiKeySchema,
  Action: actionEventSchema,
  AuditEntry: auditEntrySchema,
  Bucket: bucketSchema,
  Candidate: candidateSchema,
  Check: checkSchema,
  CallFigures: callFiguresSchema,
  CircuitSnapshot: circuitSnapshotSchema,
  ClientKey: clientKeySchema,
  Cooling: coolingEventSchema,
  Decision: decisionSchema,
  Exactness: exactnessSchema,
  FleetEvent: fleetEventSchema,
  Marker: markerEventSchema,
  Override: overrideSchema,
  OverrideEvent: overrideEventSchema,
  Problem: problemSchema,
  ProviderConfig: providerConfigSchema,
  ProviderRow: providerRowSchema,
  ProviderSnapshot: providerSnapshotSchema,
  Replayed: replayedSchema,
  ReplayFigures: replayFiguresSchema,
  ReportedOutcome: reportedOutcomeSchema,
  RouteConfig: routeConfigSchema,
  RouteState: routeStateSchema,
  SelfHealth: selfHealthSchema,
  Settings: settingsSchema,
  SignInSession: signInSessionSchema,
  SettingsVersion: settingsVersionSchema,
  Strategy: strategySchema,
  StreamEvent: streamEventSchema,
  Thresholds: thresholdsSchema,
  Transition: transitionSchema,
}

const REFUSALS = {
  malformed: 'The body is not JSON.',
  invalid_input: 'A value is not right; nothing was changed.',
  not_found: 'There is no such thing.',
  conflict: 'Somebody else changed it in the meantime.',
  unauthenticated: 'Nobody has signed in, or the key is not known.',
  forbidden: 'A foreign host or page, or a role or key that may not do it.',
  rate_limited: 'Too many requests from one address; Retry-After says when to come back.',
  unavailable: 'The answer needs the database, or a server that is not starting or stopping.',
  too_large: 'The body is larger than 1 MiB.',
  internal: 'A fault of Switchyard.',
} as const satisfies Record<ErrorCode, string>

/** How a caller shows who is there; with `SWITCHYARD_AUTH=off` nobody need. */
const WAYS_IN = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'switchyard.session_token',
    description: 'Of somebody who has signed in; with https its name begins with __Secure-.',
  },
  apiKey: { type: 'http', scheme: 'bearer', description: 'An API key for a purpose that may do it.' },
} as const

const ALL_PURPOSES = Object.keys(SCOPE_PERMISSIONS) as Scope[]

/** What is told of who may: the permission, and what shows it. What is everyone's says that it needs nothing. */
function access({ access: permission }: Operation): Partial<ZodOpenApiOperationObject> {
  if (permission === 'everyone') return { security: [] }
  const isForKeys = scopesMay(ALL_PURPOSES, permission)
  return { security: [{ session: [] }, ...(isForKeys ? [{ apiKey: [] }] : [])], 'x-permission': permission }
}

/** The OpenAPI 3.1 document of the whole contract, made from the schemas that the handlers parse by. */
export function openApiDocument(version: string): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = {}
  for (const [id, operation] of allOperations) {
    const method = operation.method.toLowerCase() as Lowercase<Operation['method']>
    paths[operation.path] = { ...paths[operation.path], [method]: describe(id, operation) }
  }
  const description =
    'Health, circuits and history of LLM providers. Times are ISO-8601 UTC; measured durations are ms.'
  return createDocument(
    {
      openapi: '3.1.0',
      info: { title: 'Switchyard', version, description },
      paths,
      components: { schemas: NAMED, securitySchemes: WAYS_IN },
    },
    { override: ({ jsonSchema }) => withoutNoise(jsonSchema) },
  )
}

/** Takes out what says nothing to a reader: the pattern behind a named format, and the bounds of any whole number. */
function withoutNoise(schema: {
  format?: unknown
  pattern?: unknown
  minimum?: unknown
  maximum?: unknown
}): void {
  if (schema.format !== undefined) delete schema.pattern
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
}

function describe(id: string, operation: Operation): ZodOpenApiOperationObject {
  const header = operation.idempotent
    ? { header: z.object({ 'Idempotency-Key': z.string().max(200).optional() }) }
    : {}
  const body = { 'application/json': { schema: operation.body } }
  return {
    operationId: id,
    tags: [operation.tag],
    summary: operation.summary,
    ...access(operation),
    requestParams: { path: operation.params, query: operation.query, ...header },
    ...(takesBody(operation) ? { requestBody: { required: !operation.bodyOptional, content: body } } : {}),
    responses: { ...successes(operation), ...refusals(operation) },
  }
}

function successes({
  answerType,
  alsoAs,
  answer,
  status,
  mayBePending,
}: Operation): ZodOpenApiResponsesObject {
  const content = {
    [answerType]: { schema: answer },
    ...Object.fromEntries(alsoAs.map((type) => [type, { schema: z.string() }])),
  }
  const responses: ZodOpenApiResponsesObject = {}
  responses[`${status}`] = { description: status === 201 ? 'Created.' : 'Done.', content }
  if (mayBePending) responses['202'] = { description: 'In force, but not yet on disk.', content }
  return responses
}

function refusals(operation: Operation): ZodOpenApiResponsesObject {
  const ofBody: ErrorCode[] = takesBody(operation) ? ['malformed', 'too_large'] : []
  const ofLimit: ErrorCode[] = operation.limit === null ? [] : ['rate_limited']
  const ofAccess: ErrorCode[] = operation.access === 'everyone' ? [] : ['unauthenticated']
  // No call is answered before the start is over, nor by a database that is away, which knows who may.
  const ofAll: ErrorCode[] = ['invalid_input', 'forbidden', 'internal', 'unavailable']
  const codes = [...ofBody, ...ofLimit, ...ofAccess, ...ofAll, ...operation.errors]
  const responses: ZodOpenApiResponsesObject = {}
  for (const code of codes) {
    responses[`${STATUS_OF[code]}`] = { description: REFUSALS[code], content: problemBody }
  }
  if (operation.method !== 'GET') {
    responses['415'] = { description: 'A change that is not application/json.', content: problemBody }
  }
  return responses
}
