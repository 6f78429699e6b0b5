import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { expectNoBarrier } from './axe-audit.ts'
import type { Console } from './console.ts'
import { ADA, becomeAda, expect, signIn, signOut, test } from './sign-in.fixture.ts'

const STEP_MS = 30_000

/** An authenticator app whose user gives no code twice: the code of now, then the next, which is good already. */
function authenticator(secret: string) {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) })
  let given = 0
  return {
    nextCode: (): string => {
      given = Math.max(given + 1, Math.floor(Date.now() / STEP_MS))
      return totp.generate({ timestamp: given * STEP_MS })
    },
    lastCode: (): string => totp.generate({ timestamp: given * STEP_MS }),
  }
}

/**
 * Gives Ada a second factor by calls: in tests of what comes after, the way through the profile would take most of their
 * time, and on a machine that is busy all of it.
 */
async function haveFactor(page: Page, { url }: Console) {
  const path = `${url}/api/profile/second-factor`
  const begun = await page.request.post(path, { data: { password: ADA.password } })
  const { uri, recoveryCodes } = (await begun.json()) as { uri: string; recoveryCodes: string[] }
  const app = authenticator(new URL(uri).searchParams.get('secret') ?? '')
  const confirmed = await page.request.post(`${path}/confirm`, { data: { code: app.nextCode() } })
  expect(confirmed.status()).toBe(200)
  return { app, recoveryCodes }
}

/** Sets up a second factor by the profile; returns the app that was told of it. */
async function setUp(page: Page, url: string) {
  await page.goto(`${url}/profile`)
  await page.getByRole('button', { name: 'Set it up…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Your password').fill('wrong horse battery')
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await expect(dialog.getByText('The password is another.')).toBeVisible()
  await dialog.getByLabel('Your password').fill(ADA.password)
  await dialog.getByRole('button', { name: 'Continue' }).click()

  await expect(dialog.getByRole('img', { name: /QR code/ })).toBeVisible()
  await expectNoBarrier(page, undefined)
  const app = authenticator(await dialog.getByRole('region', { name: 'the secret' }).innerText())
  await dialog.getByLabel('Code', { exact: true }).fill('000000')
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await expect(dialog.getByText(/This code is not right/)).toBeVisible()
  await dialog.getByLabel('Code', { exact: true }).fill(app.nextCode())
  await dialog.getByRole('button', { name: 'Confirm' }).click()

  await expect(dialog.getByText('keep the recovery codes')).toBeVisible()
  await expectNoBarrier(page, undefined)
  const shown = await dialog
    .getByRole('list', { name: 'Recovery codes' })
    .getByRole('listitem')
    .allInnerTexts()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download' }).click(),
  ])
  const codes = (await readFile(await download.path(), 'utf8')).trim().split('\n').slice(2)
  expect(codes).toEqual(shown)
  // A press beside it does not take them away.
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByRole('button', { name: 'Take it away…' })).toBeVisible()
  return app
}

test('a second factor is set up by the profile and asked for, and takes no code twice', async ({
  page,
  guarded,
}) => {
  await becomeAda(page, guarded)
  const app = await setUp(page, guarded.url)
  await expectNoBarrier(page, undefined)

  await signOut(page, guarded)
  await signIn(page, guarded, ADA)
  await expect(page.getByRole('heading', { name: 'Second factor' })).toBeVisible()
  await expect(page.getByLabel('Code of six digits')).toBeFocused()
  await expectNoBarrier(page, undefined)
  await page.getByLabel('Code of six digits').fill('000000')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText(/This code is not right/).first()).toBeVisible()
  // Whoever looked over a shoulder when it was set up knows this one.
  await page.getByLabel('Code of six digits').fill(app.lastCode())
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText(/This code has been used/).first()).toBeVisible()
  await page.getByLabel('Code of six digits').fill(app.nextCode())
  await page.getByLabel('Code of six digits').press('Enter')
  await expect(page).toHaveURL(`${guarded.url}/`)
})

test('a recovery code lets in once in place of the second factor', async ({ page, guarded }) => {
  await becomeAda(page, guarded)
  const { recoveryCodes } = await haveFactor(page, guarded)
  const [recovery = ''] = recoveryCodes
  for (const outcome of ['in', 'refused']) {
    await signOut(page, guarded)
    await signIn(page, guarded, ADA)
    await page.getByRole('button', { name: 'Use a recovery code' }).click()
    await page.getByLabel('Recovery code').fill(recovery)
    await page.getByRole('button', { name: 'Continue' }).click()
    if (outcome === 'in') await expect(page).toHaveURL(`${guarded.url}/`)
    else await expect(page.getByText(/This code is not right/).first()).toBeVisible()
  }
})

test('a trusted browser is not asked for the code again, and what is taken away is not asked for at all', async ({
  page,
  guarded,
  stranger,
}) => {
  await becomeAda(page, guarded)
  const { app } = await haveFactor(page, guarded)
  await signOut(page, guarded)
  await signIn(page, guarded, ADA)
  await page.getByRole('checkbox', { name: 'Do not ask in this browser for 30 days' }).click()
  await page.getByLabel('Code of six digits').fill(app.nextCode())
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).toHaveURL(`${guarded.url}/`)

  await signOut(page, guarded)
  await signIn(page, guarded, ADA)
  await expect(page).toHaveURL(`${guarded.url}/`)
  await signIn(stranger, guarded, ADA)
  await expect(stranger.getByLabel('Code of six digits')).toBeVisible()

  await page.goto(`${guarded.url}/profile`)
  await page.getByRole('button', { name: 'Take it away…' }).click()
  await page.getByRole('dialog').getByLabel('Your password').fill(ADA.password)
  await page.getByRole('dialog').getByRole('button', { name: 'Take away' }).click()
  await expect(page.getByRole('button', { name: 'Set it up…' })).toBeVisible()
  await signIn(stranger, guarded, ADA)
  await expect(stranger).toHaveURL(`${guarded.url}/`)
})

test('a session that ended under a page asks for the second factor too', async ({
  page,
  guarded,
  stranger,
}) => {
  await becomeAda(page, guarded)
  const { app, recoveryCodes } = await haveFactor(page, guarded)
  await page.goto(`${guarded.url}/circuits`)
  await expect(page.getByText(/^Live/).first()).toBeVisible()
  await signIn(stranger, guarded, ADA)
  await stranger.getByLabel('Code of six digits').fill(app.nextCode())
  await stranger.getByRole('button', { name: 'Continue' }).click()
  await expect(stranger).toHaveURL(`${guarded.url}/`)
  await stranger.goto(`${guarded.url}/profile`)
  await stranger.getByRole('button', { name: 'End all others…' }).click()
  await stranger.getByRole('dialog').getByRole('button', { name: /^End/ }).click()
  await expect(stranger.getByRole('dialog')).toBeHidden()

  // At the next heartbeat.
  const ask = page.getByRole('dialog')
  await expect(ask.getByRole('heading', { name: 'Sign in again' })).toBeVisible({ timeout: 30_000 })
  await ask.getByLabel('Password', { exact: true }).fill(ADA.password)
  await page.keyboard.press('Enter')
  await expect(ask.getByRole('heading', { name: 'Your second factor' })).toBeVisible()
  await expectNoBarrier(page, undefined)
  await ask.getByLabel('Code', { exact: true }).fill('000000')
  await page.keyboard.press('Enter')
  await expect(ask.getByText(/This code is not right/)).toBeVisible()
  await ask.getByRole('switch', { name: 'It is a recovery code' }).click()
  await ask.getByLabel('Recovery code', { exact: true }).fill(recoveryCodes[0] ?? '')
  await page.keyboard.press('Enter')
  await expect(ask).toBeHidden()
  await expect(page).toHaveURL(`${guarded.url}/circuits`)
  await expect(page.getByText(/^Live/).first()).toBeVisible()
})
