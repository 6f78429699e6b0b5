import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { Resolver, type LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Resolve } from '../lookup.ts'

/** A name server on loopback that changes its mind, and a resolution that asks it and nobody else. */
export type RebindingDns = {
  resolve: Resolve
  /** How often each kind of address was asked for. */
  asked: { A: number; AAAA: number }
}

const TYPES = { 1: 'A', 28: 'AAAA' } as const
const HEADER_BYTES = 12

/**
 * Answers every name: with the first of these addresses, or sets of them, then the second, and so on; the last one
 * stands. Every answer is for this moment alone (a TTL of 0).
 */
export async function rebindingDns(...turns: (string | readonly string[])[]): Promise<RebindingDns> {
  const socket = createSocket('udp4')
  const asked = { A: 0, AAAA: 0 }
  socket.on('message', (query, from) => {
    const nameEnd = query.indexOf(0, HEADER_BYTES) + 1
    const code = query.readUInt16BE(nameEnd)
    if (code !== 1 && code !== 28) return
    const type = TYPES[code]
    const turn = turns[Math.min(asked[type], turns.length - 1)] ?? []
    asked[type] += 1
    const family = type === 'A' ? 4 : 6
    const addresses = [turn].flat().filter((address) => isIP(address) === family)
    socket.send(answerTo(query.subarray(0, nameEnd + 4), code, addresses), from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  onTestFinished(() => new Promise((resolve) => socket.close(() => resolve())))
  const resolver = new Resolver()
  resolver.setServers([`127.0.0.1:${socket.address().port}`])
  return { resolve: askBoth(resolver), asked }
}

/** What RFC 1035, 4.1 calls a message: the question again, and a record for each address that names it by pointer. */
function answerTo(question: Buffer, code: number, addresses: readonly string[]): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  question.copy(header, 0, 0, 2)
  header.writeUInt16BE(0x8180, 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(addresses.length, 6)
  const records = addresses.map((address) => {
    const data = bytesOf(address)
    const record = Buffer.alloc(12)
    record.writeUInt16BE(0xc000 | HEADER_BYTES, 0)
    record.writeUInt16BE(code, 2)
    record.writeUInt16BE(1, 4)
    record.writeUInt16BE(data.length, 10)
    return Buffer.concat([record, data])
  })
  return Buffer.concat([header, question.subarray(HEADER_BYTES), ...records])
}

/** IPv6 must be written without `::`. */
function bytesOf(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number))
  return Buffer.from(
    address
      .split(':')
      .map((group) => group.padStart(4, '0'))
      .join(''),
    'hex',
  )
}

const askBoth =
  (resolver: Resolver): Resolve =>
  (hostname, answer) => {
    const found: LookupAddress[] = []
    let waiting = 2
    let failed: Error | null = null
    const take = (family: number) => (error: Error | null, addresses: string[] | undefined) => {
      failed = error ?? failed
      for (const address of addresses ?? []) found.push({ address, family })
      waiting -= 1
      if (waiting === 0) answer(found.length === 0 ? failed : null, found)
    }
    resolver.resolve4(hostname, take(4))
    resolver.resolve6(hostname, take(6))
  }
