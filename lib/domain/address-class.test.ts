import { BlockList } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classOfAddress } from './address-class.ts'
import type { AddressClass } from './address-ranges.ts'

/** Per class: the first and last of each range, and other spellings. */
const TABLE: Readonly<Record<AddressClass, readonly string[]>> = {
  public: [
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '168.63.129.15',
    '169.253.255.255',
    '169.255.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.0.1.0',
    '192.0.3.0',
    '192.167.255.255',
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2000::',
    '2001:200::',
    '2606:4700:4700::1111',
    '2620:4f:8000::1',
    '3ffe:ffff::',
    '3fff:1000::',
    '::ffff:8.8.8.8',
    '::8.8.8.8',
    '64:ff9b::808:808',
    '64:ff9b:1::808:808',
    '2002:808:808::1',
    '2001:0:808:808::f7f7:f7f7',
  ],
  reserved: [
    '192.0.0.0',
    '192.0.0.255',
    '192.0.2.0',
    '192.0.2.255',
    '192.88.99.1',
    '198.18.0.0',
    '198.19.255.255',
    '198.51.100.7',
    '203.0.113.7',
    '240.0.0.0',
    '255.255.255.255',
    '100::1',
    '2001:1ff:ffff::',
    '2001:2::1',
    '2001:db8::a9fe:a9fe',
    '3fff::',
    '3fff:fff:ffff::',
    '4000::',
    '5f00::1',
    '64:ff9a::808:808',
    '64:ff9b:2::808:808',
    '::ffff:192.0.2.1',
  ],
  private: [
    '10.0.0.0',
    '10.255.255.255',
    '100.64.0.0',
    '100.127.255.255',
    '100.100.100.199',
    '172.16.0.0',
    '172.31.255.255',
    '192.168.0.0',
    '192.168.255.255',
    'fc00::',
    'fdff:ffff::',
    'fd00:ec2::255',
    'fec0::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    '2002:c0a8:101::',
  ],
  unspecified: ['0.0.0.0', '0.255.255.255', '::', '0:0:0:0:0:0:0:0', '::ffff:0:0', '64:ff9b::'],
  loopback: [
    '127.0.0.0',
    '127.255.255.255',
    '::1',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
    '::127.0.0.1',
    '::7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::f7f7:f7f7',
    '2001:0:808:808::80ff:fffe',
  ],
  multicast: ['224.0.0.0', '239.255.255.255', 'ff00::', 'ff02::1', '::ffff:224.0.0.1'],
  link_local: [
    '169.254.0.0',
    '169.254.169.253',
    '169.254.170.2',
    '169.254.255.255',
    'fe80::',
    'fe80::1%eth0',
    'FEBF:FFFF::1',
    '::ffff:169.254.1.1',
    '::ffff:0:169.254.1.1',
    '2002:a9fe:101::1',
  ],
  metadata: [
    '169.254.169.254',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    'fd00:ec2::254',
    'FD00:0EC2:0:0:0:0:0:0254',
    'fd00:ec2::23',
    'fd20:ce::254',
    'fd00:c1::a9fe:a9fe',
    'fd00:100::100:200',
    'fd00:42::42',
    'fd00:a9fe:a9fe::1',
    '::ffff:169.254.169.254',
    '::FFFF:A9FE:A9FE',
    '0:0:0:0:0:ffff:a9fe:a9fe',
    '::a9fe:a9fe',
    '::ffff:0:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b::169.254.169.254',
    '64:ff9b:1::a9fe:a9fe',
    '64:ff9b:1:abcd::a83f:8110',
    '2002:a9fe:a9fe::1',
    '2001:0:808:808::5601:5601',
    '2001:0:a9fe:a9fe::f7f7:f7f7',
  ],
}

describe('classOfAddress', () => {
  it.each(Object.entries(TABLE).flatMap(([found, all]) => all.map((address) => [address, found])))(
    '%s is %s',
    (address, found) => {
      expect(classOfAddress(address)).toBe(found)
    },
  )

  it.each([
    '',
    'localhost',
    'fe80',
    '1.2.3',
    '1.2.3.4.5',
    '999.254.169.254',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '::g',
    '2852039166',
    '[::1]',
  ])('%j is no address', (text) => {
    expect(classOfAddress(text)).toBeNull()
  })
})

/** Node's own reading of ranges, against which ours is held. A list of each family, as `::/3` would take in all of IPv4. */
function isIn(family: 'ipv4' | 'ipv6', ranges: string): (address: string) => boolean {
  const list = new BlockList()
  for (const range of ranges.split(' ')) {
    const [address = '', bits] = range.split('/')
    list.addSubnet(address, Number(bits), family)
  }
  return (address) => list.check(address, family)
}

const IPV4_APART = isIn(
  'ipv4',
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3 168.63.129.16/32',
)
const IPV6_APART = isIn('ipv6', '::/3 4000::/2 8000::/1 2001::/23 2001:db8::/32 3fff::/20')
const IPV4_LINK_LOCAL = isIn('ipv4', '169.254.0.0/16')
const IPV6_LINK_LOCAL = isIn('ipv6', 'fe80::/10')

const ipv4 = fc.oneof(
  fc.ipV4(),
  // Close to where ranges begin and end.
  fc
    .tuple(
      fc.constantFrom(0, 9, 10, 100, 127, 168, 169, 172, 192, 198, 203, 224, 240),
      fc.constantFrom(0, 15, 16, 31, 32, 63, 64, 88, 127, 128, 168, 253, 254, 255),
      fc.nat(255),
      fc.nat(255),
    )
    .map((bytes) => bytes.join('.')),
)
const groups = fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 })
const hex = (values: readonly number[]) => values.map((value) => value.toString(16)).join(':')
const hexOf = (address: string) => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
  return hex([a * 256 + b, c * 256 + d])
}
const invertedHex = (address: string) =>
  hexOf(
    address
      .split('.')
      .map((byte) => 255 - Number(byte))
      .join('.'),
  )

/** What `URL` makes of an address inside brackets, without them. */
const normalised = (address: string) => new URL(`http://[${address}]/`).hostname.slice(1, -1)

describe('every address', () => {
  it('of IPv4 is public or not as the registry says, and link-local or metadata within its range', () => {
    fc.assert(
      fc.property(ipv4, (address) => {
        const found = classOfAddress(address)
        expect(found === 'public').toBe(!IPV4_APART(address))
        if (IPV4_LINK_LOCAL(address)) expect(found).toMatch(/^(link_local|metadata)$/)
        else expect(found).not.toBe('link_local')
      }),
      { numRuns: 2_000 },
    )
  })

  it('of IPv6 that carries no IPv4 is public or not as the registry says', () => {
    fc.assert(
      fc.property(fc.nat(0xffff), groups, (first, rest) => {
        const address = hex([first, ...rest.slice(1)])
        fc.pre(![0, 0x64, 0x2002].includes(first) && !(first === 0x2001 && rest[1] === 0))
        const found = classOfAddress(address)
        expect(found === 'public').toBe(!IPV6_APART(address))
        expect(found === 'link_local').toBe(IPV6_LINK_LOCAL(address))
      }),
      { numRuns: 2_000 },
    )
  })

  it('of IPv4 is what it is inside every IPv6 address that carries it', () => {
    fc.assert(
      fc.property(ipv4, (address) => {
        const found = classOfAddress(address)
        const inside = hexOf(address)
        const carriers = [
          `::ffff:${address}`,
          `::ffff:${inside}`,
          `::ffff:0:${address}`,
          `64:ff9b::${address}`,
          `64:ff9b:1::${inside}`,
          `2002:${inside}::1`,
          `2001:0:808:808:0:0:${invertedHex(address)}`,
          `2001:0:${inside}::f7f7:f7f7`,
          // `::` and `::1` are no carriers.
          ...(address.startsWith('0.') ? [] : [`::${address}`]),
        ]
        for (const carrier of carriers) expect([carrier, classOfAddress(carrier)]).toEqual([carrier, found])
      }),
    )
  })

  it('is the same in every spelling', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV6(), groups.map(hex)), (address) => {
        const found = classOfAddress(address)
        expect(found).not.toBeNull()
        for (const same of [address.toUpperCase(), `${address}%eth0`, normalised(address)])
          expect(classOfAddress(same)).toBe(found)
      }),
    )
  })
})
