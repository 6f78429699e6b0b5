import { describe, expect, it } from 'vitest'
import { isAppError } from '#lib/domain/errors.ts'
import { INSIDE_TOO, OUTSIDE_ONLY } from '#lib/domain/target-policy.ts'
import { readEnv } from './env.ts'

const cwd = '/srv/switchyard'

function complaints(source: Record<string, string>): Record<string, string> {
  try {
    readEnv(source, cwd)
  } catch (error) {
    if (isAppError(error)) return Object.fromEntries(error.fields.map(({ path, message }) => [path, message]))
    throw error
  }
  return {}
}

describe('readEnv', () => {
  it('has a default for everything', () => {
    expect(readEnv({}, cwd)).toEqual({
      port: 3_000,
      host: '127.0.0.1',
      databasePath: '/srv/switchyard/data/switchyard.db',
      dataDir: '/srv/switchyard/data',
      gatewayPort: 8_787,
      gatewayHost: '127.0.0.1',
      logLevel: 'info',
      schedulerOn: true,
      authOn: true,
      identityProvider: null,
      newUsers: null,
      authHeader: null,
      secretKey: null,
      secretKeyFile: null,
      egressCanaries: [],
      providerTargets: INSIDE_TOO,
      webhookTargets: OUTSIDE_ONLY,
      drainMs: 25_000,
      publicOrigin: null,
      basePath: '',
      trustedProxies: [],
      hstsMs: null,
      limitedClients: 'remote',
      configFile: null,
      demoControl: null,
    })
  })

  it.each<[variable: [name: string, value: string], field: string, read: unknown]>([
    [['PORT', '0'], 'port', 0],
    [['PORT', '65535'], 'port', 65_535],
    [['HOST', '::1'], 'host', '::1'],
    [['HOST', ''], 'host', '127.0.0.1'],
    [['SWITCHYARD_DATABASE_URL', 'file:./x/y.db'], 'databasePath', '/srv/switchyard/x/y.db'],
    [['SWITCHYARD_DATABASE_URL', 'file:/var/lib/y.db'], 'databasePath', '/var/lib/y.db'],
    [['SWITCHYARD_DATABASE_URL', 'file:///var/lib/y%20z.db'], 'databasePath', '/var/lib/y z.db'],
    [['SWITCHYARD_DATA_DIR', '/var/lib/switchyard'], 'databasePath', '/var/lib/switchyard/switchyard.db'],
    [['SWITCHYARD_GATEWAY_PORT', 'off'], 'gatewayPort', null],
    [['SWITCHYARD_GATEWAY_HOST', '0.0.0.0'], 'gatewayHost', '0.0.0.0'],
    [['SWITCHYARD_SCHEDULER', 'off'], 'schedulerOn', false],
    [['SWITCHYARD_PRIVATE_TARGETS', 'on'], 'providerTargets', { private: true, loopback: true }],
    [['SWITCHYARD_PRIVATE_TARGETS', 'off'], 'providerTargets', { private: false, loopback: false }],
    [['SWITCHYARD_PRIVATE_TARGETS', 'off'], 'webhookTargets', { private: false, loopback: false }],
    [['SWITCHYARD_PRIVATE_WEBHOOKS', 'on'], 'webhookTargets', { private: true, loopback: true }],
    [['SWITCHYARD_PRIVATE_WEBHOOKS', 'off'], 'webhookTargets', { private: false, loopback: false }],
    [['SWITCHYARD_PRIVATE_WEBHOOKS', 'off'], 'providerTargets', { private: true, loopback: true }],
    [['SWITCHYARD_DRAIN', '5s'], 'drainMs', 5_000],
    [['SWITCHYARD_DRAIN', '0s'], 'drainMs', 0],
    [['SWITCHYARD_PUBLIC_URL', 'https://Console.Example:443/'], 'publicOrigin', 'https://console.example'],
    [['SWITCHYARD_TRUSTED_PROXIES', '10.0.0.0/8, ::1'], 'trustedProxies', ['10.0.0.0/8', '::1']],
    [['SWITCHYARD_HSTS', '365d'], 'hstsMs', 31_536_000_000],
    [['SWITCHYARD_HSTS', 'off'], 'hstsMs', null],
    [['SWITCHYARD_DEMO_CONTROL', 'http://127.0.0.1:4321'], 'demoControl', 'http://127.0.0.1:4321'],
    [['SWITCHYARD_DEMO_CONTROL', 'http://[::1]:4321'], 'demoControl', 'http://[::1]:4321'],
    [['SWITCHYARD_SECRET_KEY_FILE', 'key'], 'secretKeyFile', '/srv/switchyard/key'],
    [['SWITCHYARD_NEW_USERS', 'off'], 'newUsers', null],
    [['SWITCHYARD_NEW_USERS', 'viewer'], 'newUsers', 'viewer'],
    [['SWITCHYARD_NEW_USERS', 'operator'], 'newUsers', 'operator'],
    [['SWITCHYARD_EGRESS_CANARY', '1.1.1.1:53, [::1]:443'], 'egressCanaries', ['1.1.1.1:53', '[::1]:443']],
  ])('reads %s', ([name, value], field, read) => {
    expect(readEnv({ [name]: value }, cwd)).toHaveProperty(field, read)
  })

  it.each<[name: string, value: string, message: RegExp]>([
    ['PORT', '65536', /0 to 65535/],
    ['SWITCHYARD_DEMO_CONTROL', 'http://demo.example.com', /URL of this machine/],
    ['SWITCHYARD_DEMO_CONTROL', 'https://127.0.0.1', /http:\/\/ URL/],
    ['SWITCHYARD_DEMO_CONTROL', '127.0.0.1:4321', /http:\/\/ URL/],
    ['PORT', '3000.5', /0 to 65535/],
    ['PORT', '-1', /0 to 65535/],
    ['SWITCHYARD_DATABASE_URL', 'postgresql://db/switchyard', /PostgreSQL is not supported yet/],
    ['SWITCHYARD_DATABASE_URL', './switchyard.db', /file: URL/],
    ['SWITCHYARD_LOG_LEVEL', 'loud', /one of trace/],
    ['SWITCHYARD_AUTH', 'yes', /on or off/],
    ['SWITCHYARD_PRIVATE_TARGETS', 'yes', /on or off/],
    ['SWITCHYARD_PRIVATE_WEBHOOKS', '10.0.0.0/8', /on or off/],
    ['SWITCHYARD_DRAIN', '10 minutes', /number with a unit/],
    ['SWITCHYARD_DRAIN', '6m', /at most 5m/],
    ['SWITCHYARD_EGRESS_CANARY', 'example.com', /host:port/],
    ['SWITCHYARD_PUBLIC_URL', 'console.example', /http:\/\/ or https:\/\//],
    ['SWITCHYARD_PUBLIC_URL', 'ftp://console.example', /http:\/\/ or https:\/\//],
    ['SWITCHYARD_PUBLIC_URL', 'https://ann@console.example', /without user/],
    ['SWITCHYARD_PUBLIC_URL', 'https://console.example/?a', /without user, query/],
    ['SWITCHYARD_PUBLIC_URL', 'https://console.example/ops', /its path must be SWITCHYARD_BASE_PATH/],
    ['SWITCHYARD_BASE_PATH', '/ops/', /a path such as/],
    ['SWITCHYARD_TRUSTED_PROXIES', '10.0.0.0/33', /addresses and networks/],
    ['SWITCHYARD_TRUSTED_PROXIES', 'proxy.example', /addresses and networks/],
    ['SWITCHYARD_RATE_LIMITS', 'on', /one of remote, all, off/],
    ['SWITCHYARD_HSTS', 'on', /365d, or off/],
    ['SWITCHYARD_NEW_USERS', 'administrator', /off, viewer or operator/],
    ['SWITCHYARD_NEW_USERS', 'on', /off, viewer or operator/],
    ['SWITCHYARD_AUTH_HEADER', 'X Forwarded User', /name of a header/],
    ['SWITCHYARD_AUTH_HEADER', 'X_Forwarded_User', /name of a header/],
    ['SWITCHYARD_AUTH_HEADER', 'Cookie', /browsers do not send/],
    ['SWITCHYARD_OIDC_ISSUER', 'id.example.com', /https:\/\/ URL/],
    ['SWITCHYARD_OIDC_ISSUER', 'ftp://id.example.com', /https:\/\/ URL/],
    ['SWITCHYARD_OIDC_ISSUER', 'https://id.example.com/?a=b', /https:\/\/ URL/],
    ['SWITCHYARD_OIDC_ISSUER', 'https://me@id.example.com/', /https:\/\/ URL/],
    ['SWITCHYARD_OIDC_ISSUER', 'http://id.example.com', /https:\/\/ URL/],
    ['SWITCHYARD_OIDC_ISSUER', 'http://localhost:8080', /SWITCHYARD_PRIVATE_WEBHOOKS=on/],
    ['SWITCHYARD_GATEWAY_PORT', 'none', /port number, or off/],
  ])('refuses %s=%s', (name, value, message) => {
    expect(complaints({ [name]: value })[name]).toMatch(message)
  })

  it('lets others reach the console only by a name it knows, and only with sign-in', () => {
    expect(complaints({ HOST: '0.0.0.0' })).toEqual({
      SWITCHYARD_PUBLIC_URL: 'needed with HOST=0.0.0.0: the name that browsers know the console by',
    })
    const url = { SWITCHYARD_PUBLIC_URL: 'https://console.example' }
    expect(readEnv({ HOST: '0.0.0.0', ...url }, '/srv').host).toBe('0.0.0.0')
    expect(readEnv({ HOST: 'console.example' }, '/srv').host).toBe('console.example')
    const off = { SWITCHYARD_AUTH: 'off' }
    expect(complaints({ HOST: 'console.example', ...off })['SWITCHYARD_AUTH']).toMatch(/loopback/)
    expect(complaints({ ...url, ...off })['SWITCHYARD_AUTH']).toMatch(/loopback/)
    expect(readEnv(off, '/srv').authOn).toBe(false)
    const here = { SWITCHYARD_PUBLIC_URL: 'http://localhost:8080' }
    expect(readEnv({ ...off, ...here }, '/srv').authOn).toBe(false)
  })

  it('believes a header only of proxies that are named', () => {
    const header = { SWITCHYARD_AUTH_HEADER: 'X-Forwarded-User' }
    expect(Object.keys(complaints(header))).toEqual(['SWITCHYARD_TRUSTED_PROXIES'])
    const named = readEnv({ ...header, SWITCHYARD_TRUSTED_PROXIES: '10.0.0.1' }, '/srv')
    expect(named.authHeader).toBe('x-forwarded-user')
  })

  it('lists every bad variable at once', () => {
    const source = { PORT: 'x', SWITCHYARD_LOG_LEVL: 'info', SWITCHYARD_DRAIN: 'soon' }
    expect(Object.keys(complaints(source)).sort()).toEqual(Object.keys(source).sort())
  })

  it('suggests the nearest name for an unknown one, if any is near', () => {
    expect(complaints({ SWITCHYARD_DATABSE_URL: 'x' })).toEqual({
      SWITCHYARD_DATABSE_URL: 'did you mean SWITCHYARD_DATABASE_URL?',
    })
    expect(complaints({ SWITCHYARD_ABCDEFGHIJKLMNOPQRS: 'x' })).toEqual({
      SWITCHYARD_ABCDEFGHIJKLMNOPQRS: 'there is no such variable',
    })
  })

  it('takes a public URL with the path that the console has', () => {
    const there = { SWITCHYARD_PUBLIC_URL: 'https://console.example/ops/', SWITCHYARD_BASE_PATH: '/ops' }
    expect(readEnv(there, cwd)).toMatchObject({ publicOrigin: 'https://console.example', basePath: '/ops' })
    expect(complaints({ ...there, SWITCHYARD_BASE_PATH: '/other' })).toHaveProperty('SWITCHYARD_PUBLIC_URL')
  })

  it('takes the key or its file, not both', () => {
    const both = { SWITCHYARD_SECRET_KEY: 'test-key', SWITCHYARD_SECRET_KEY_FILE: 'key' }
    expect(complaints(both)).toEqual({ SWITCHYARD_SECRET_KEY_FILE: 'give the key or its file, not both' })
  })

  it('never repeats a value, which may be a secret', () => {
    expect(JSON.stringify(complaints({ SWITCHYARD_SECRET_KEI: 'test-key' }))).not.toContain('test-key')
  })
})
