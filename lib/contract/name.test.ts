import { describe, expect, it } from 'vitest'
import { createUserSchema, patchProfileSchema, patchUserSchema, setUpSchema } from './account.ts'
import { createRuleSchema, replaceRuleSchema } from './alert-rule.ts'
import { createApiKeySchema } from './api-key.ts'
import { createChannelSchema, patchChannelSchema } from './channel.ts'
import { createClientKeySchema } from './client-key.ts'
import { nameSchema } from './name.ts'
import { createProviderSchema, patchProviderSchema } from './provider.ts'
import { createRouteSchema } from './route.ts'

const complaint = (name: string) => nameSchema.safeParse(name).error?.issues[0]?.message

describe('a name', () => {
  it.each(['Acme', 'Größe 東京', 'مزود', '👩‍💻 on call', 'a'.repeat(100), '<b>"acme"</b>', 'C:\\acme'])(
    'may be %j',
    (name) => expect(nameSchema.parse(name)).toBe(name),
  )

  it('is taken without the white space around it', () => {
    expect(nameSchema.parse(' \tAcme\n')).toBe('Acme')
  })

  it.each([
    'Ac\nme',
    'Ac\r\nme',
    'Ac\tme',
    'Ac\0me',
    'Ac\u001b[31mme',
    'Ac\u007fme',
    'Ac\u0085me',
    'Ac\u2028me',
    'Ac\u2029me',
  ])('is not %j', (name) => expect(complaint(name)).toBe('no line breaks or other control characters'))

  it.each([
    ['', 'write a name'],
    [' \n ', 'write a name'],
    ['a'.repeat(101), 'at most 100 characters'],
  ])('is not %j either', (name, message) => expect(complaint(name)).toBe(message))

  const channel = { kind: 'slack' }
  it.each([
    ['a new provider', createProviderSchema, {}],
    ['a changed provider', patchProviderSchema, {}],
    ['a new route', createRouteSchema, {}],
    ['a new API key', createApiKeySchema, {}],
    ['a new gateway key', createClientKeySchema, {}],
    ['the first administrator', setUpSchema, {}],
    ['a new user', createUserSchema, {}],
    ['a changed user', patchUserSchema, {}],
    ['a profile', patchProfileSchema, {}],
    ['a new channel', createChannelSchema, channel],
    ['a changed channel', patchChannelSchema, channel],
    ['a new alert rule', createRuleSchema, {}],
    ['a changed alert rule', replaceRuleSchema, {}],
  ])('of %s has no line break', (_what, schema, rest) => {
    const { error } = schema.safeParse({ ...rest, name: 'a\nb' })
    expect(error?.issues.map(({ path }) => path.join('.'))).toContain('name')
  })
})
