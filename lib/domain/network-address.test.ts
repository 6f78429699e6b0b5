import { describe, expect, it } from 'vitest'
import { isPrivateHost, isThisMachine } from './network-address.ts'

describe('isPrivateHost', () => {
  it.each<[host: string, inside: boolean]>([
    ['localhost', true],
    ['ollama', true],
    ['gpu.local', true],
    ['llm.corp.internal', true],
    ['127.0.0.1', true],
    ['10.1.2.3', true],
    ['172.16.0.1', true],
    ['172.31.255.255', true],
    ['172.32.0.1', false],
    ['192.168.1.1', true],
    ['192.169.1.1', false],
    ['100.64.0.1', true],
    ['100.128.0.1', false],
    ['::1', true],
    ['[::1]', true],
    ['fd12::1', true],
    ['fe80::1', true],
    ['::ffff:10.0.0.1', true],
    ['::ffff:8.8.8.8', false],
    ['2001:db8::1', false],
    ['api.openai.com', false],
    ['8.8.8.8', false],
  ])('%s: %s', (host, inside) => {
    expect(isPrivateHost(host)).toBe(inside)
  })
})

describe('isThisMachine', () => {
  it.each<[host: string, here: boolean]>([
    ['localhost', true],
    ['LOCALHOST.', true],
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['[::1]', true],
    ['[::ffff:7f00:1]', true],
    ['0.0.0.0', false],
    ['10.0.0.1', false],
    ['localhost.example', false],
    ['127.0.0.1.example', false],
    ['idp', false],
  ])('%s: %s', (host, here) => {
    expect(isThisMachine(host)).toBe(here)
  })
})
