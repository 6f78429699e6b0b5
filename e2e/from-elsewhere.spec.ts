import { CLIENT, startOpenIdServer } from '#lib/adapters/sign-in/testing/start-open-id-server.ts'
import { plant } from './canaries.ts'
import { prepareConsole } from './console.ts'
import { end } from './fixtures.ts'
import { openReverseProxy, type ReverseProxy } from './reverse-proxy.ts'
import { ADA, expect, test } from './sign-in.fixture.ts'

/** A console behind a proxy, where nobody sits at the machine itself. */
async function startBehind(proxy: ReverseProxy, env: Record<string, string> = {}) {
  const running = await prepareConsole({
    SWITCHYARD_AUTH: 'on',
    SWITCHYARD_PUBLIC_URL: proxy.url,
    SWITCHYARD_TRUSTED_PROXIES: '127.0.0.1',
    ...env,
  })
  await running.start()
  proxy.passTo(running.url)
  const close = async () => {
    proxy.close()
    await end(running)
  }
  const said = /^.*"setUpToken".*$/m.exec(running.log())?.[0] ?? '{}'
  const { setUpToken = '' } = JSON.parse(said) as { setUpToken?: string }
  return { setUpToken, close }
}

const PERSON = { sub: 'grace-1', email: 'grace@example.org', email_verified: true, name: 'Grace' }

test('who comes through a proxy becomes the first administrator by the token of the log', async ({
  page,
  complaints,
}) => {
  const proxy = await openReverseProxy()
  const { url } = proxy
  const { setUpToken, close } = await startBehind(proxy)
  try {
    await page.goto(url)
    await expect(page).toHaveURL(`${url}/set-up`)
    await page.getByLabel('Name', { exact: true }).fill(ADA.name)
    await page.getByLabel('E-mail address').fill(ADA.email)
    await page.getByLabel('Password', { exact: true }).fill(ADA.password)
    const token = page.getByLabel('Token')
    await token.fill('another token')
    await page.getByRole('button', { name: 'Become the administrator' }).click()
    await expect(token).toHaveAttribute('aria-invalid', 'true')
    await expect(token).toBeFocused()

    await token.fill(setUpToken)
    await page.getByRole('button', { name: 'Become the administrator' }).click()
    await expect(page).toHaveURL(`${url}/`)
    await expect(page.getByRole('link', { name: 'Settings', exact: true }).first()).toBeVisible()
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !/status of 403/.test(text)))
  } finally {
    await close()
  }
})

test('an identity provider’s button leads there, and back to where one wanted to go', async ({
  page,
  complaints,
}) => {
  const secret = plant('the secret of the identity provider’s client')
  const proxy = await openReverseProxy()
  const { url } = proxy
  const client = { client_id: CLIENT.clientId, client_secret: secret }
  const provider = await startOpenIdServer({
    person: PERSON,
    setUp: { clients: [{ ...client, redirect_uris: [`${url}/api/auth/oidc/callback`] }] },
  })
  const { setUpToken, close } = await startBehind(proxy, {
    SWITCHYARD_OIDC_ISSUER: provider.issuer.origin,
    SWITCHYARD_OIDC_CLIENT_ID: CLIENT.clientId,
    SWITCHYARD_OIDC_CLIENT_SECRET: secret,
    SWITCHYARD_OIDC_NAME: 'Acme',
    SWITCHYARD_PRIVATE_WEBHOOKS: 'on',
    SWITCHYARD_NEW_USERS: 'viewer',
  })
  try {
    const made = await page.request.post(`${url}/api/auth/set-up`, { data: { ...ADA, token: setUpToken } })
    expect(made.status()).toBe(201)
    await page.context().clearCookies()
    await page.goto(`${url}/circuits?range=24h`)
    await page.getByRole('link', { name: 'Sign in with Acme' }).click()
    await expect(page).toHaveURL(`${url}/circuits?range=24h`)
    await page.goto(`${url}/profile`)
    await expect(page.getByText(PERSON.email).first()).toBeVisible()
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !/status of 401/.test(text)))
  } finally {
    await close()
    await provider.stop()
  }
})
