import { describe, expect, it } from 'vitest'
import { baseUrlError, baseUrlSchema } from './base-url.ts'

describe('baseUrlError', () => {
  it.each([
    'https://api.openai.com/v1',
    'http://localhost:11434',
    'http://127.0.0.1:8000/v1',
    'http://[::1]:8000',
    'https://my-resource.openai.azure.com/openai?api-version=2024-10-21',
    'http://10.0.0.5',
  ])('takes %s', (text) => {
    expect(baseUrlError(text)).toBeNull()
  })

  it.each([
    ['', /http/],
    ['api.openai.com', /http/],
    ['ftp://example.com', /http/],
    ['javascript:alert(1)', /http/],
    ['file:///etc/passwd', /http/],
    ['https://user:pass@example.com', /user name/],
    ['https://user@example.com', /user name/],
    ['https://example.com/#x', /#/],
    ['http://', /http/],
  ])('refuses %j', (text, message) => {
    expect(baseUrlError(text)).toMatch(message)
  })

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://169.254.169.254./',
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://0xA9.0xFE.0xA9.0xFE/',
    'http://0251.0376.0251.0376/',
    'http://169.254.43518/',
    'http://169.16689662/',
    'http://①⑥⑨.254.169.254/',
    'http://169.254.170.2/v2/credentials',
    'http://[::ffff:169.254.169.254]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[0:0:0:0:0:ffff:a9fe:a9fe]/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://100.100.100.200/',
    'http://0x64646464c8/',
    'http://1684301000/',
    'http://192.0.0.192/',
    'http://[fd00:c1::a9fe:a9fe]/',
    'http://[2002:a9fe:a9fe::]/',
    'http://224.0.0.1/',
    'http://metadata.google.internal/',
    'http://METADATA.google.internal./',
    'http://metadata/',
    'https://%6detadata.google.internal/',
  ])('refuses the metadata address %s', (text) => {
    expect(baseUrlError(text)).toMatch(text.includes('64646464c8') ? /http/ : /metadata/)
  })

  it('complains at the field', () => {
    expect(baseUrlSchema.safeParse(' https://api.openai.com/v1 ').data).toBe('https://api.openai.com/v1')
    expect(baseUrlSchema.safeParse('http://169.254.169.254').error?.issues).toHaveLength(1)
    expect(baseUrlSchema.safeParse(`https://x.example/${'a'.repeat(2_000)}`).success).toBe(false)
  })
})
