import { describe, expect, it } from 'vitest'
import { isMetadataHost, isPrivateHost } from './network-address.ts'

describe('isMetadataHost', () => {
  it.each([
    '169.254.169.254',
    '169.254.170.2',
    '169.254.0.1',
    '100.100.100.200',
    '168.63.129.16',
    'fd00:ec2::254',
    'FD00:0EC2:0:0:0:0:0:0254',
    '[fd00:ec2::254]',
    'fe80::1',
    'fe80::1%eth0',
    'febf::1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '::a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b::169.254.169.254',
    '2002:a9fe:a9fe::1',
    'metadata.google.internal',
    'Metadata.Google.Internal.',
    'metadata',
    'instance-data.ec2.internal',
    '169.254.169.254.',
  ])('refuses %s', (host) => {
    expect(isMetadataHost(host)).toBe(true)
  })

  it.each([
    'api.openai.com',
    '127.0.0.1',
    '::1',
    '::',
    '10.0.0.5',
    '169.253.1.1',
    '170.254.1.1',
    'fec0::1',
    'fd00:ec2::255',
    '2001:db8::a9fe:a9fe',
    '64:ff9b::808:808',
    '999.254.169.254',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    'fe80',
    'metadata.example.com',
    '',
  ])('lets %j pass', (host) => {
    expect(isMetadataHost(host)).toBe(false)
  })
})

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
