import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** Each theme at one of the widths: colours are the same at both, and all else is the same in both themes. */
const VIEWS = [
  { width: 1440, height: 900, colorScheme: 'dark' },
  { width: 390, height: 844, colorScheme: 'light' },
] as const
/** What is laid over a page that is judged without it. */
const LAID_OVER = '[role="dialog"], [role="menu"], [role="listbox"], dialog[open]'

const softly = expect.configure({ soft: true })

/** Judges what is shown now, at a desk in the dark and on a phone in the light, without a reload; tells all that is wrong. */
export async function expectNoBarrier(page: Page, part: string | undefined): Promise<void> {
  const isLaidOver = (await page.locator(LAID_OVER).count()) > 0
  const judged = isLaidOver ? LAID_OVER : part
  for (const { colorScheme, ...size } of VIEWS) {
    await page.setViewportSize(size)
    // What is laid over the page finds its new place a moment later.
    await softly.poll(() => cutOff(page), `wider than its place at ${size.width} px`).toEqual([])
    // What is fixed to the window's end covers whatever happens to be scrolled there.
    if (!isLaidOver) await page.setViewportSize({ ...size, height: await wholeHeight(page) })
    // Colours must not be judged half way through a transition.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Base UI names its fields when the page has come to life, a moment after it is shown.
    await softly
      .poll(() => violations(axe(page, judged).withTags(WCAG)), `${size.width} px, ${colorScheme}`)
      .toEqual([])
  }
}

/** Only what is wrong is looked for, and in this page alone: it has no frames, and the other mode opens a second page. */
function axe(page: Page, part: string | undefined): AxeBuilder {
  const builder = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'], selectors: false, preload: false })
  return part === undefined ? builder : builder.include(part)
}

async function violations(builder: AxeBuilder): Promise<string[]> {
  const found = await builder.analyze()
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html} ${failureSummary.split('\n').at(1) ?? ''}`),
  )
}

const wholeHeight = (page: Page) => page.evaluate(() => document.documentElement.scrollHeight)

/**
 * The page itself where it scrolls sideways, what is laid over it where it reaches out of the window or is cut, and
 * buttons whose words do not fit in.
 */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate((laidOver) => {
    const isOut = (element: Element) => {
      const { left, right, top } = element.getBoundingClientRect()
      return (
        left < 0 || top < 0 || Math.floor(right) > innerWidth || element.scrollWidth > element.clientWidth
      )
    }
    const over = [...document.querySelectorAll(laidOver)].flatMap((element) => [element, ...element.children])
    const isSideways = document.documentElement.scrollWidth > innerWidth
    const full = [...document.querySelectorAll('button[data-variant]')].filter(
      ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
    )
    const wide = [...(isSideways ? [document.documentElement] : []), ...over.filter(isOut), ...full]
    return wide.map((element) => element.outerHTML.slice(0, 120))
  }, LAID_OVER)
}
