import type { Page } from '@playwright/test'
import type { Console } from './console.ts'

/** Something the console can show: an address, and what is done there before it is looked at. */
export type Screen = {
  path: string
  does?: string
  /** What is judged of it, where the rest has been judged with another. */
  part?: string
  open?: (page: Page, running: Console) => Promise<void>
}

/** Presses the first button of that name. */
export const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name }).first().click()

/** Opens a dialog and does something in it. */
export const inDialog =
  (opener: string | RegExp, then: (dialog: ReturnType<Page['getByRole']>) => Promise<void>) =>
  async (page: Page) => {
    await press(opener)(page)
    await then(page.getByRole('dialog'))
  }
