import { expect, expectHydrated, lookedAt, test } from './fixtures.ts'

const LISTS = [
  {
    path: '/?q=anthropic&show=unhealthy',
    words: 'No provider matches “anthropic” and show “Unhealthy”.',
    back: ['OpenAI production', 'Anthropic'],
  },
  {
    path: '/circuits?q=nobody',
    words: 'No circuit matches “nobody”.',
    back: ['OpenAI production', 'Anthropic'],
  },
  {
    path: '/routing?tab=decisions&route=chat&provider=anthropic&failed=1',
    words: 'No decision that is kept matches route “chat”, provider “Anthropic” and “Failed only”.',
    back: ['No request has been routed yet.'],
  },
  {
    path: '/incidents?state=resolved&provider=anthropic',
    words: 'No incident that is over matches state “Resolved” and provider “Anthropic”.',
    back: ['No incident has ended in this time.'],
  },
  {
    path: '/audit?q=nobody&entity=client-key&outcome=failed&range=6h',
    words: 'No entry matches “nobody”, about “Gateway key”, outcome “Failed” and time “last 6 h”.',
    back: ['Provider OpenAI production'],
  },
]

test.describe('where the filters of a list leave nothing', () => {
  const looked = lookedAt()

  // Killed: the overview without its `show`, the audit without its time, the decisions without "Failed only".
  for (const { path, words, back } of LISTS) {
    test(`they are all named, and taken off: ${path}`, async ({ page }) => {
      await page.goto(`${looked().url}${path}`)
      await expectHydrated(page)
      await expect(page.getByText(words)).toBeVisible()
      await page
        .getByRole('main')
        .getByRole('button', { name: /^Clear the filters?$/ })
        .click()
      await expect(page).not.toHaveURL(/[?&](q|show|route|provider|failed|state|entity|outcome|range)=/)
      for (const text of back) await expect(page.getByRole('main').getByText(text).first()).toBeVisible()
    })
  }

  test('a search of the configured providers is named and taken off, and so is an outcome of the check log', async ({
    page,
  }) => {
    await page.goto(`${looked().url}/settings/providers`)
    await page.getByRole('searchbox').fill('nobody')
    await expect(page.getByText('No provider matches “nobody”.')).toBeVisible()
    await expect(page.getByRole('searchbox')).toBeFocused()
    await page.getByRole('button', { name: 'Clear the filter' }).click()
    await expect(page.getByRole('searchbox')).toHaveValue('')
    await expect(page.getByRole('row').nth(2)).toBeVisible()

    await page.goto(`${looked().url}/providers/anthropic?tab=checks&class=cancelled`)
    await expect(page.getByText('No check in this range matches outcome “Cancelled”.')).toBeVisible()
    await page.getByRole('button', { name: 'Clear the filter' }).click()
    await expect(page.getByRole('table', { name: /Check log/ })).toBeVisible()
  })
})
