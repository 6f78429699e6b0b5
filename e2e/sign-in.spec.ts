import { expectNoBarrier } from './axe-audit.ts'
import { ADA, becomeAda, expect, give, signIn, signOut, test } from './sign-in.fixture.ts'

test('the first start asks for an administrator, who is let in, and from then on everybody is asked', async ({
  page,
  guarded,
}) => {
  await page.goto(`${guarded.url}/circuits`)
  await expect(page).toHaveURL(`${guarded.url}/set-up`)
  await expect(page.getByLabel('Name', { exact: true })).toBeVisible()
  // On the machine itself no token is asked for.
  await expect(page.getByLabel('Token')).toHaveCount(0)
  await expectNoBarrier(page, undefined)

  await page.getByLabel('Name', { exact: true }).fill(ADA.name)
  await page.getByLabel('E-mail address').fill('ada')
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByRole('button', { name: 'Become the administrator' }).click()
  await expect(page.getByText('an e-mail address', { exact: true })).toBeVisible()
  await expect(page.getByText('at least 12 characters', { exact: true })).toBeVisible()
  await expect(page.getByLabel('E-mail address')).toBeFocused()

  await page.getByLabel('E-mail address').fill(ADA.email)
  await page.getByLabel('Password', { exact: true }).fill(ADA.password)
  await page.getByRole('button', { name: 'Show password' }).click()
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('type', 'text')
  await page.getByRole('button', { name: 'Become the administrator' }).click()
  await expect(page).toHaveURL(`${guarded.url}/`)
  await expect(page.getByRole('link', { name: 'Settings', exact: true }).first()).toBeVisible()
  await expect(page).toHaveTitle('Overview · Switchyard')

  await signOut(page, guarded)
  await expectNoBarrier(page, undefined)
  for (const path of ['/set-up', '/']) {
    await page.goto(`${guarded.url}${path}`)
    await expect(page).toHaveURL(`${guarded.url}/sign-in`)
  }
})

test('a wrong password is told at the field, and the right one leads to where one wanted to go', async ({
  page,
  guarded,
}) => {
  await becomeAda(page, guarded)
  await page.context().clearCookies()

  await page.goto(`${guarded.url}/circuits?range=24h`)
  await expect(page.getByLabel('E-mail address or user name')).toBeFocused()
  await give(page, ADA.email, 'wrong horse battery')
  const password = page.getByLabel('Password', { exact: true })
  await expect(password).toHaveAccessibleDescription(/no such user, or the password is another/)
  await expect(password).toBeFocused()
  await expect(page.getByRole('alert').filter({ hasText: 'no such user' })).toHaveCount(1)

  await password.fill(ADA.password)
  await password.press('Enter')
  await expect(page).toHaveURL(`${guarded.url}/circuits?range=24h`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('nobody is led away from the console', async ({ page, guarded }) => {
  await becomeAda(page, guarded)
  for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example/', 'javascript:alert(1)']) {
    await page.context().clearCookies()
    await page.goto(`${guarded.url}/sign-in?next=${encodeURIComponent(next)}`)
    await give(page, ADA.email, ADA.password)
    await expect(page).toHaveURL(`${guarded.url}/`)
  }
})

test('who guesses is told how long to wait, to the second, and may then try again', async ({
  page,
  guarded,
}) => {
  await becomeAda(page, guarded)
  await page.context().clearCookies()
  await page.goto(`${guarded.url}/sign-in`)
  const button = page.getByRole('button', { name: /^(Sign in|Wait \d+ s)$/ })
  const isTooEarly = page.getByText(/^too many attempts: try again in \d+ s$/)
  await expect(async () => {
    const answered = page.waitForResponse('**/api/auth/sign-in')
    await give(page, ADA.email, 'wrong horse battery')
    await answered
    await expect(isTooEarly).toBeVisible({ timeout: 500 })
  }).toPass()
  await expect(button).toBeDisabled()
  await expect(button).toHaveText(/^Wait \d+ s$/)
  await expect(isTooEarly).toHaveCount(0)
  await give(page, ADA.email, ADA.password)
  await expect(page).toHaveURL(`${guarded.url}/`)
})

test('nothing of the fleet is in what somebody is answered who has not signed in', async ({
  page,
  guarded,
}) => {
  await becomeAda(page, guarded)
  const added = await page.request.post(`${guarded.url}/api/providers`, {
    data: {
      name: 'hush-provider',
      kind: 'openai-compatible',
      baseUrl: 'http://127.0.0.1:9/v1',
      enabled: false,
    },
  })
  expect(added.status()).toBe(201)
  const seen = await page.request.get(`${guarded.url}/settings/providers`)
  expect(await seen.text()).toContain('hush-provider')

  const paths = ['/', '/sign-in', '/set-up', '/circuits', '/nothing', '/nothing.png', '/_next/nothing']
  for (const path of [...paths, '/settings/users', '/profile', '/incidents', '/incidents/any']) {
    for (const headers of [{}, { rsc: '1' }]) {
      const answer = await fetch(`${guarded.url}${path}`, { headers })
      expect(await answer.text(), path).not.toContain('hush-provider')
      expect(new URL(answer.url).pathname, path).toMatch(/^\/(sign-in|nothing\.png|_next\/nothing)$/)
    }
  }
})

test('a session that is ended elsewhere leads to sign-in', async ({ page, guarded, stranger }) => {
  await becomeAda(page, guarded)
  await signIn(stranger, guarded, ADA)
  await expect(stranger).toHaveURL(`${guarded.url}/`)

  await page.goto(`${guarded.url}/profile`)
  const sessions = page.getByRole('region', { name: 'Signed in' })
  await expect(sessions.getByRole('row')).toHaveCount(3)
  await expect(sessions.getByRole('row').filter({ hasText: 'this browser' })).toHaveCount(1)
  await sessions.getByRole('button', { name: /^End the session of Chrome \d+ on / }).click()
  await expect(sessions.getByRole('row')).toHaveCount(2)

  await stranger.goto(`${guarded.url}/routing?tab=simulator`)
  await expect(stranger.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await give(stranger, ADA.email, ADA.password)
  await expect(stranger).toHaveURL(`${guarded.url}/routing?tab=simulator`)

  await page.reload()
  await sessions.getByRole('button', { name: 'End all others…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End them' }).click()
  await expect(sessions.getByRole('row')).toHaveCount(2)
  await stranger.reload()
  await expect(stranger.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})

test('a new password signs every other browser out', async ({ page, guarded, stranger }) => {
  await becomeAda(page, guarded)
  await signIn(stranger, guarded, ADA)
  await expect(stranger).toHaveURL(`${guarded.url}/`)

  await page.goto(`${guarded.url}/profile`)
  const present = page.getByLabel('Present password')
  await present.fill('wrong horse battery')
  await page.getByLabel('New password').fill('staple staple staple')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(present).toHaveAccessibleDescription(/The password is another/)
  await expect(present).toBeFocused()
  await present.fill(ADA.password)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('Your password is changed')).toBeVisible()
  await expect(present).toHaveValue('')

  await stranger.reload()
  await give(stranger, ADA.email, ADA.password)
  await expect(stranger.getByText(/no such user/).first()).toBeVisible()
  await give(stranger, ADA.email, 'staple staple staple')
  await expect(stranger).toHaveURL(`${guarded.url}/`)
})
