import type { BrowserContext, Page } from '@playwright/test'
import type { Role } from '#lib/domain/access/roles.ts'
import { prepareConsole, type Console } from './console.ts'
import { expect, test as base } from './fixtures.ts'

const PASSWORD = 'correct horse battery'
const NEEDS_OPERATOR = 'needs the role operator'
const NEEDS_ADMINISTRATOR = 'needs the role administrator'

type Guarded = {
  console: Console
  /** Calls the API as the administrator; returns the parsed answer. */
  asAdministrator: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>
  /** Makes a user, and signs them in in the page's browser. */
  enter: (context: BrowserContext, role: Role, name: string) => Promise<{ id: string; email: string }>
}

const test = base.extend<{ guarded: Guarded }>({
  guarded: async ({}, provide) => {
    const console = await prepareConsole({ SWITCHYARD_AUTH: 'on' })
    await console.start()
    const post = (path: string, body: unknown, cookie = '') =>
      fetch(console.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify(body),
      })
    const first = { name: 'Root', email: 'root@example.org', password: PASSWORD }
    const answer = await post('/api/auth/set-up', first)
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    const asAdministrator: Guarded['asAdministrator'] = async (method, path, body) => {
      const response = await fetch(console.url + path, {
        method,
        headers: { 'content-type': 'application/json', cookie },
        ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
      })
      if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
      return (await response.json()) as never
    }
    const provider = { id: 'acme', name: 'Acme', kind: 'http', baseUrl: 'http://127.0.0.1:1/health' }
    await asAdministrator('POST', '/api/providers', provider)
    const enter: Guarded['enter'] = async (context, role, name) => {
      const email = `${name.toLowerCase()}@example.org`
      const { id } = await asAdministrator<{ id: string }>('POST', '/api/users', {
        name,
        email,
        role,
        password: PASSWORD,
      })
      await signIn(context, console.url, email)
      return { id, email }
    }
    await provide({ console, asAdministrator, enter })
    await console.stop('SIGKILL')
    await console.remove()
  },
})

async function signIn(context: BrowserContext, url: string, login: string): Promise<void> {
  const answer = await context.request.post(`${url}/api/auth/sign-in`, {
    data: { login, password: PASSWORD },
  })
  expect(answer.ok()).toBe(true)
}

/** What the browser's own fetch is answered, from within the page. */
const statusOf = (page: Page, method: string, path: string, body: unknown) =>
  page.evaluate(
    async (call) => {
      const { status } = await fetch(call.path, {
        method: call.method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(call.body),
      })
      return status
    },
    { method, path, body },
  )

test('a viewer sees what there is and who may do it, and the server holds the same line', async ({
  page,
  guarded,
  complaints,
}) => {
  const { url } = guarded.console
  await guarded.enter(page.context(), 'viewer', 'Vera')
  await page.goto(`${url}/providers/acme`)
  for (const name of ['Check now', 'Force open…', 'Reset…']) {
    const control = page.getByRole('button', { name })
    await expect(control).toBeDisabled()
    await expect(control).toHaveAccessibleDescription(NEEDS_OPERATOR)
  }
  // In the tab order, and its reason to be seen there.
  await page.getByRole('button', { name: 'Force open…' }).focus()
  await expect(page.getByText(NEEDS_OPERATOR).filter({ visible: true })).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.goto(`${url}/settings/thresholds`)
  await expect(page.getByText(`To read only: changing this ${NEEDS_ADMINISTRATOR}`)).toHaveCount(1)
  const field = page.getByLabel(/opens after failures in a row/i)
  await expect(field).toHaveValue('5')
  await expect(field).not.toBeEditable()

  await page.goto(`${url}/settings/providers`)
  const add = page.getByRole('link', { name: 'Add a provider' })
  await expect(add).toHaveAttribute('aria-disabled', 'true')
  await expect(add).toHaveAccessibleDescription(NEEDS_ADMINISTRATOR)
  const enabled = page.getByRole('switch', { name: 'Acme enabled' })
  await expect(enabled).toBeDisabled()
  await enabled.click({ force: true })
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByRole('button', { name: 'Actions for Acme' }).click()
  const deletion = page.getByRole('menuitem', { name: 'Delete…' })
  await expect(deletion).toBeDisabled()
  await expect(deletion).toHaveAccessibleDescription(NEEDS_ADMINISTRATOR)
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('add a provider')
  await expect(page.getByRole('option')).toContainText(NEEDS_ADMINISTRATOR)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/settings\/providers$/)

  await page.goto(`${url}/incidents?tab=silences`)
  const silence = page.getByRole('button', { name: 'New silence…' })
  await expect(silence).toBeDisabled()
  await expect(silence).toHaveAccessibleDescription(NEEDS_OPERATOR)

  for (const [method, path, body] of [
    ['POST', '/api/alerts/incidents/any/ack', {}],
    ['POST', '/api/alerts/incidents/any/notes', { text: 'seen' }],
    ['POST', '/api/alerts/deliveries/any/resend', {}],
    ['DELETE', '/api/alerts/silences/any', {}],
    ['PUT', '/api/circuits/acme/override', { mode: 'forced_open', reason: 'because', ttl: '1h' }],
    ['POST', '/api/circuits/acme/reset', { to: 'closed', reason: 'because' }],
    ['POST', '/api/providers/acme/check', {}],
    ['DELETE', '/api/providers/acme', {}],
    ['POST', '/api/settings/revert', { version: 1, expectedVersion: 1, reason: 'because' }],
    ['POST', '/api/data/backup', {}],
  ] as const)
    expect(await statusOf(page, method, path, body), `${method} ${path}`).toBe(403)
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !/403/.test(text)))
})

test('an operator holds a circuit under their own name, and edits no threshold', async ({
  page,
  guarded,
  complaints,
}) => {
  const { url } = guarded.console
  await guarded.enter(page.context(), 'operator', 'Olga')
  await page.goto(`${url}/providers/acme`)
  await page.getByRole('button', { name: 'Force open…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('recorded as Olga')
  await dialog.getByLabel(/reason/i).fill('invoice dispute')
  await dialog.getByRole('button', { name: 'Force open' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText(/by Olga/).first()).toBeVisible()
  await page.getByRole('button', { name: 'Reset…' }).click()
  await dialog.getByLabel(/reason/i).fill('fresh start')
  await dialog.getByRole('button', { name: /^reset to/i }).click()
  await expect(dialog).toBeHidden()

  await page.goto(`${url}/settings/thresholds`)
  await expect(page.getByLabel(/opens after failures in a row/i)).not.toBeEditable()

  await page.getByRole('button', { name: /Olga/ }).click()
  const menu = page.getByRole('group', { name: 'Your account' })
  await expect(menu).toContainText('operator')
  await expect(menu.getByRole('link')).toHaveText(['Profile', 'Audit'])
  await menu.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  // The browser says so of what is still asked for while the page is left.
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !/40[14]/.test(text)))
})

test('a session that ends under a draft is begun again over it, and the draft is saved', async ({
  page,
  guarded,
  complaints,
}) => {
  const { url } = guarded.console
  const { id, email } = await guarded.enter(page.context(), 'administrator', 'Ada')
  await page.goto(`${url}/settings/thresholds`)
  const field = page.getByLabel(/opens after failures in a row/i)
  await field.fill('7')
  await page.getByRole('button', { name: /review 1 change/i }).click()
  const review = page.getByRole('dialog', { name: /in force/ })
  await review.getByLabel(/reason/i).fill('fewer false trips')
  await guarded.asAdministrator('DELETE', `/api/users/${id}/sessions`)

  // Nobody presses anything: the stream ends at its next heartbeat, and the page asks why.
  const ask = page.getByRole('dialog', { name: 'Sign in again' })
  await expect(ask).toBeVisible({ timeout: 30_000 })
  await expect(ask.getByLabel('E-mail address or user name')).toHaveValue(email)
  await page.keyboard.press('Escape')
  await expect(ask).toBeVisible()
  await ask.getByLabel('Password').fill('wrong horse battery')
  await ask.getByRole('button', { name: 'Sign in' }).click()
  await expect(ask.getByRole('alert')).toContainText('the password is another')
  await ask.getByLabel('Password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(ask).toBeHidden()

  await expect(review.getByLabel(/reason/i)).toHaveValue('fewer false trips')
  await review.getByRole('button', { name: /^save/i }).click()
  await expect(review).toBeHidden()
  const { settings } = await guarded.asAdministrator<{ settings: { breaker: { failureThreshold: number } } }>(
    'GET',
    '/api/settings',
  )
  expect(settings.breaker.failureThreshold).toBe(7)
  await expect(page.getByText(/^Live/).first()).toBeVisible()
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !/401/.test(text)))
})

test('a command that meets an ended session is pressed again by hand; another user is told so', async ({
  page,
  guarded,
  complaints,
}) => {
  const { url } = guarded.console
  const { id } = await guarded.enter(page.context(), 'operator', 'Olga')
  await page.goto(`${url}/providers/acme`)
  await page.getByRole('button', { name: 'Force open…' }).click()
  const dialog = page.getByRole('dialog', { name: /override/i })
  await dialog.getByLabel(/reason/i).fill('invoice dispute')
  await guarded.asAdministrator('DELETE', `/api/users/${id}/sessions`)
  await dialog.getByRole('button', { name: 'Force open' }).click()

  const ask = page.getByRole('dialog', { name: 'Sign in again' })
  await expect(ask).toBeVisible()
  await ask.getByLabel('E-mail address or user name').fill('root@example.org')
  await ask.getByLabel('Password').fill(PASSWORD)
  await ask.getByRole('button', { name: 'Sign in' }).click()
  const other = page.getByRole('dialog', { name: 'Signed in as Root' })
  await expect(other).toContainText('This page was opened by Olga')
  const circuit = await guarded.asAdministrator<{ override: unknown }>('GET', '/api/circuits/acme')
  expect(circuit.override, 'nothing was repeated by itself').toBeNull()
  await expect(dialog.getByLabel(/reason/i)).toHaveValue('invoice dispute')

  await other.getByRole('button', { name: 'Load the page' }).click()
  await expect(page.getByRole('button', { name: /Root/ })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !/401/.test(text)))
})

test('a role that was taken away meanwhile shows as soon as it is used', async ({
  page,
  guarded,
  complaints,
}) => {
  const { url } = guarded.console
  const { id } = await guarded.enter(page.context(), 'operator', 'Olga')
  await page.goto(`${url}/providers/acme`)
  const check = page.getByRole('button', { name: 'Check now' })
  await expect(check).toBeEnabled()
  await guarded.asAdministrator('PATCH', `/api/users/${id}`, { role: 'viewer' })
  await check.click()
  await expect(check).toBeDisabled()
  await expect(check).toHaveAccessibleDescription(NEEDS_OPERATOR)
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !/403/.test(text)))
})
