import type { Operation } from '../operation.ts'
import * as access from './access.ts'
import * as alertRules from './alert-rules.ts'
import * as audit from './audit.ts'
import * as channels from './channels.ts'
import * as circuits from './circuits.ts'
import * as data from './data.ts'
import * as decisions from './decisions.ts'
import * as demo from './demo.ts'
import * as exports from './exports.ts'
import * as incidents from './incidents.ts'
import * as monitor from './monitor.ts'
import * as providers from './providers.ts'
import * as routes from './routes.ts'
import * as settings from './settings.ts'
import * as users from './users.ts'

/** Every call of the HTTP contract, by name: handlers parse by these and the OpenAPI document lists them. */
export const operations = {
  ...access,
  ...users,
  ...monitor,
  ...providers,
  ...circuits,
  ...settings,
  ...routes,
  ...decisions,
  ...data,
  ...exports,
  ...audit,
  ...alertRules,
  ...channels,
  ...incidents,
  ...demo,
}

export type OperationName = keyof typeof operations

/** The same as a list. */
export const allOperations: readonly (readonly [id: string, operation: Operation])[] =
  Object.entries(operations)
