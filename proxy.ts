import { NextResponse, type NextRequest } from 'next/server'
import { guardRequest } from '#lib/server/guard-request.ts'

/** Stands before every path, pages and files included, so that no foreign page reaches the console. */
export function proxy(request: NextRequest): Response {
  // Whoever listens puts the address and the port it got into the environment, also when it was given port 0.
  const ours = { host: process.env.HOST ?? '127.0.0.1', port: Number(process.env.PORT ?? 3_000) }
  return guardRequest(request, ours) ?? NextResponse.next()
}
