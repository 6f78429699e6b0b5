import type { RequestListener } from 'node:http'
import type { SelfHealth } from '#lib/contract/monitor.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { DATA_POLICY } from './content-security-policy.ts'
import type { ServerEnv } from './env.ts'
import { plainProblem, problemResponse } from './problem.ts'
import { requestIdOf } from './request-id.ts'
import { securityHeaders } from './security-headers.ts'
import { readHealth } from './operations/monitor.ts'
import { webHeaders } from './web-exchange.ts'

/**
 * What answers while the house is being built: 503, and come again. Only how Switchyard itself is gets its 200: an upgrade
 * that takes long must not be ended by whoever watches over the process.
 */
export function answerStarting({ basePath }: Pick<ServerEnv, 'basePath'>): RequestListener {
  const healthPath = basePath + readHealth.path
  return (request, response) => {
    const [path] = (request.url ?? '').split('?')
    const isHealth = path === healthPath && (request.method === 'GET' || request.method === 'HEAD')
    const requestId = requestIdOf(webHeaders(request))
    const told = securityHeaders({ policy: DATA_POLICY, hstsMs: null })
    if (isHealth) {
      const type = {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'x-request-id': requestId,
      }
      response.writeHead(200, { ...told, ...type, connection: 'close' })
      return response.end(JSON.stringify(healthOfStart()))
    }
    const problem = plainProblem({ status: 503, detail: 'Switchyard is starting.', requestId })
    const { status, headers } = problemResponse(problem)
    const all = { ...told, ...Object.fromEntries(headers), 'retry-after': '1', connection: 'close' }
    response.writeHead(status, all)
    response.end(JSON.stringify(problem))
  }
}

/** Nothing is checked and nothing is kept yet. */
const healthOfStart = (): SelfHealth => ({
  status: 'impaired',
  version: packageJson.version,
  uptimeMs: Math.round(process.uptime() * 1_000),
  checks: { database: 'off', scheduler: 'off', eventLoop: 'ok', egress: 'off' },
})
