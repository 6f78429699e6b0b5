import { becomeAda, expect, test } from './sign-in.fixture.ts'

// Killed: room kept for more than the one browser that is always in the list, which its end then gives up.
test('a page that is scrolled to its end does not slide back when its last list comes', async ({
  page,
  guarded,
}) => {
  await becomeAda(page, guarded)
  const { promise: measured, resolve: letItCome } = Promise.withResolvers<null>()
  await page.route('**/api/profile/sessions*', async (route) => {
    await measured
    await route.continue()
  })
  await page.goto(`${guarded.url}/profile`)
  const button = page.getByRole('button', { name: 'Set it up…' })
  await button.waitFor()
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
  const before = await button.boundingBox()
  letItCome(null)
  await expect(page.getByRole('row').filter({ hasText: 'This browser' })).toBeVisible()
  expect(await button.boundingBox()).toEqual(before)
})

// Killed: the font named by a style sheet alone, which is read first; the page was then drawn anew when it came.
test('the letters of a page come with its head', async ({ page, guarded }) => {
  await becomeAda(page, guarded)
  const answer = await page.goto(guarded.url)
  const font = page.locator('link[rel=preload][as=font]')
  await expect(font).toHaveCount(1)
  expect(await answer?.text()).toContain(await font.getAttribute('href'))
  const used = await page.evaluate(async () => {
    const { family = '' } = [...(await document.fonts.ready)].find(({ status }) => status === 'loaded') ?? {}
    return getComputedStyle(document.body).fontFamily.startsWith(family) ? family : null
  })
  expect(used, 'the font that came first is the one that the page is written in').not.toBeNull()
})
