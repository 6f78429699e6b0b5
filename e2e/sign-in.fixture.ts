import type { Browser, BrowserContext, Page } from '@playwright/test'
import { plant } from './canaries.ts'
import { prepareConsole, type Console } from './console.ts'
import { end, expect, test as base } from './fixtures.ts'

export { expect }

/** The first administrator of every console here. */
export const ADA = { name: 'Ada', email: 'ada@example.com', password: plant('a password') }

type Fixtures = {
  /** A console that people sign in to, and that nobody has set up yet. */
  guarded: Console
  /** A browser of its own, which knows of no cookie. */
  stranger: Page
}

/** A test with a console that asks who is there. What it refuses, the browser complains of: that alone is expected. */
export const test = base.extend<Fixtures>({
  guarded: async ({ complaints }, provide) => {
    const guarded = await prepareConsole({ SWITCHYARD_AUTH: 'on' })
    await guarded.start()
    await provide(guarded)
    await end(guarded)
    const rest = complaints.filter((text) => !/status of (401|403|409|422|429)/.test(text))
    complaints.splice(0, complaints.length, ...rest)
  },
  stranger: async ({ browser }, provide) => {
    const context = await newContext(browser)
    await provide(await context.newPage())
    await context.close()
  },
})

const newContext = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width: 1440, height: 900 } })

/** Makes Ada the first administrator and signs the page's browser in as her. */
export async function becomeAda(page: Page, { url }: Console): Promise<void> {
  const response = await page.request.post(`${url}/api/auth/set-up`, { data: ADA })
  expect(response.status()).toBe(201)
}

/** Fills in the sign-in page and sends it. */
export async function give(page: Page, login: string, password: string): Promise<void> {
  await page.getByLabel('E-mail address or user name').fill(login)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Signs in from whatever page is asked for; `name` and password are somebody's. */
export async function signIn(
  page: Page,
  { url }: Console,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await give(page, email, password)
}

/** Signs out by the profile. */
export async function signOut(page: Page, { url }: Console): Promise<void> {
  await page.goto(`${url}/profile`)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(`${url}/sign-in`)
}
