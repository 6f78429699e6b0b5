import { describe, expect, it } from 'vitest'
import { INSIDE_TOO, OUTSIDE_ONLY, refusalOf, type TargetPolicy } from './target-policy.ts'

describe('refusalOf', () => {
  it.each([
    ['169.254.1.1', '169.254.1.1 is link-local'],
    ['169.254.169.254', '169.254.169.254 is a cloud metadata service'],
    ['169.254.169.254.', '169.254.169.254 is a cloud metadata service'],
    ['[::ffff:a9fe:a9fe]', '::ffff:a9fe:a9fe is a cloud metadata service'],
    ['fe80::1%eth0', 'fe80::1 is link-local'],
    ['224.0.0.1', '224.0.0.1 is multicast'],
    ['metadata', 'metadata is a cloud metadata service'],
    ['Metadata.Google.Internal.', 'metadata.google.internal is a cloud metadata service'],
    ['instance-data.ec2.internal', 'instance-data.ec2.internal is a cloud metadata service'],
  ])('refuses %s under every policy', (host, words) => {
    expect(refusalOf(host, INSIDE_TOO)).toBe(words)
    expect(refusalOf(host, OUTSIDE_ONLY)).toBe(words)
  })

  it.each(['8.8.8.8', '[2606:4700::1]', 'api.openai.com', 'metadata.example.com', 'localhost', ''])(
    'lets %j pass under every policy',
    (host) => {
      expect(refusalOf(host, INSIDE_TOO)).toBeNull()
      expect(refusalOf(host, OUTSIDE_ONLY)).toBeNull()
    },
  )

  it.each<[host: string, needs: keyof TargetPolicy]>([
    ['10.0.0.1', 'private'],
    ['[fd12::1]', 'private'],
    ['100.64.0.1', 'private'],
    ['192.0.2.1', 'private'],
    ['127.0.0.1', 'loopback'],
    ['[::1]', 'loopback'],
    ['0.0.0.0', 'loopback'],
    ['[::]', 'loopback'],
  ])('lets %s pass where the policy allows %s', (host, needs) => {
    expect(refusalOf(host, { ...OUTSIDE_ONLY, [needs]: true })).toBeNull()
    expect(refusalOf(host, { ...INSIDE_TOO, [needs]: false })).toMatch(
      / is (private|reserved|loopback|unspec)/,
    )
  })
})
