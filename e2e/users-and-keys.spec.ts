import type { Page } from '@playwright/test'
import { expectNoBarrier } from './axe-audit.ts'
import { alsoPlanted } from './canaries.ts'
import { ADA, becomeAda, expect, give, signIn, test } from './sign-in.fixture.ts'

const VERA = { name: 'Vera', email: 'vera@example.com' }

/** Opens what can be done with a user, and chooses. */
async function choose(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('an administrator adds a viewer, who sees the fleet and is told what they may not', async ({
  page,
  guarded,
  stranger,
}) => {
  await becomeAda(page, guarded)
  await page.goto(`${guarded.url}/settings/users`)
  await expect(page.getByRole('row').filter({ hasText: ADA.email })).toContainText('administrator')
  await page.getByRole('button', { name: 'Add a user…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill(VERA.name)
  await dialog.getByLabel('E-mail address').fill(ADA.email)
  await dialog.getByLabel('User name').fill('vera')
  await expect(dialog.getByRole('radio', { name: /^Viewer/ })).toBeChecked()
  await dialog.getByRole('button', { name: 'Make one up' }).click()
  const madeUp = await dialog.getByRole('region', { name: 'the password' }).innerText()
  const password = alsoPlanted(madeUp, 'a password that was made up')
  await expectNoBarrier(page, undefined)
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(dialog.getByText('another user has it')).toBeVisible()
  await dialog.getByLabel('E-mail address').fill(VERA.email)
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  const row = page.getByRole('row').filter({ hasText: VERA.email })
  await expect(row).toContainText('viewer')
  await expect(dialog).toHaveCount(0)
  await expectNoBarrier(page, undefined)

  await signIn(stranger, guarded, { email: 'VERA', password })
  await expect(stranger).toHaveURL(`${guarded.url}/`)
  for (const path of ['/settings/users', '/settings/api-keys']) {
    await stranger.goto(`${guarded.url}${path}`)
    await expect(stranger.getByText('This needs the role administrator.')).toBeVisible()
    await expect(stranger.getByRole('button', { name: /^(Add a user|Create a key)…$/ })).toBeDisabled()
  }
  await expectNoBarrier(stranger, undefined)

  await choose(page, VERA.name, 'Change…')
  await dialog.getByRole('checkbox', { name: 'Disabled' }).click()
  await dialog.getByLabel('Reason').fill('on leave')
  await expectNoBarrier(page, undefined)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(row).toContainText('disabled')
  await stranger.goto(`${guarded.url}/circuits`)
  await give(stranger, VERA.email, password)
  await expect(stranger.getByText('This user is disabled. An administrator can change that.')).toBeVisible()
})

test('an administrator gives a new password, and deletes somebody once their name is typed', async ({
  page,
  guarded,
  stranger,
}) => {
  await becomeAda(page, guarded)
  await page.request.post(`${guarded.url}/api/users`, { data: { ...VERA, role: 'operator', password: null } })
  await page.goto(`${guarded.url}/settings/users`)
  const dialog = page.getByRole('dialog')

  await choose(page, VERA.name, 'Set a password…')
  await dialog.getByLabel('Password', { exact: true }).fill('short')
  await dialog.getByRole('button', { name: 'Set the password' }).click()
  await expect(dialog.getByText('at least 12 characters', { exact: true })).toBeVisible()
  await dialog.getByLabel('Password', { exact: true }).fill('staple staple staple')
  await dialog.getByRole('button', { name: 'Set the password' }).click()
  await expect(page.getByText('Vera has a new password')).toBeVisible()
  await signIn(stranger, guarded, { email: VERA.email, password: 'staple staple staple' })
  await expect(stranger).toHaveURL(`${guarded.url}/`)

  await choose(page, VERA.name, 'End all sessions…')
  await dialog.getByRole('button', { name: 'End them' }).click()
  await expect(dialog).toHaveCount(0)
  await stranger.reload()
  await expect(stranger.getByRole('heading', { name: 'Sign in' })).toBeVisible()

  await choose(page, VERA.name, 'Delete…')
  await dialog.getByLabel('Type Vera to delete them').fill('Verena')
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(dialog.getByText('not the name: Vera')).toBeVisible()
  await expectNoBarrier(page, undefined)
  await dialog.getByLabel('Type Vera to delete them').fill('Vera')
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('row').filter({ hasText: VERA.email })).toHaveCount(0)
})

test('the last administrator cannot go, and is told so', async ({ page, guarded }) => {
  await becomeAda(page, guarded)
  await page.goto(`${guarded.url}/settings/users`)
  const dialog = page.getByRole('dialog')
  await choose(page, ADA.name, 'Change…')
  await dialog.getByRole('radio', { name: /^Operator/ }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('alert')).toContainText(
    'This is the last administrator: make another one first.',
  )
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('row').filter({ hasText: ADA.email })).toContainText('administrator')
})

test('an API key is made, shown once, lets a machine do what it is for, and is deleted', async ({
  page,
  guarded,
}) => {
  await becomeAda(page, guarded)
  await page.goto(`${guarded.url}/settings/api-keys`)
  await expect(page.getByText('No key yet: only people can call the API.')).toBeVisible()
  await page.getByRole('button', { name: 'Create a key…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(dialog.getByText('choose at least one purpose')).toBeVisible()
  await dialog.getByLabel('Name', { exact: true }).fill('deployments')
  await dialog.getByRole('checkbox', { name: 'Read' }).click()
  await dialog.getByRole('radio', { name: 'In 30 days' }).click()
  await expectNoBarrier(page, undefined)
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  const key = await dialog.getByRole('region', { name: 'the key' }).innerText()
  await expectNoBarrier(page, undefined)
  await dialog.getByRole('button', { name: 'I have copied it' }).click()

  const call = (method: string, path: string) =>
    fetch(`${guarded.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: '{}' }),
    })
  expect((await call('GET', '/api/monitor')).status).toBe(200)
  expect((await call('POST', '/api/monitor/run')).status).toBe(403)

  await page.reload()
  await expect(dialog).toHaveCount(0)
  const row = page.getByRole('row').filter({ hasText: 'deployments' })
  await expect(row).toContainText(/Read\s*in.29.d\s*\d+.s ago/)
  await expect(page.getByText(key)).toHaveCount(0)
  await expectNoBarrier(page, undefined)
  await row.getByRole('button', { name: 'Delete key deployments' }).click()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(row).toHaveCount(0)
  expect((await call('GET', '/api/monitor')).status).toBe(401)
})
