import type { LegendItem } from './legend.tsx'
import { drawMarks, writeLabels } from './picture-overlay.ts'

/** What a picture says around the drawing. */
export type PictureWords = {
  title: string
  summary: string
  legend: readonly LegendItem[]
  /** Labels of the time axis at shares of the drawing's width. */
  ticks: readonly { x: number; label: string }[]
  axisWords: string
}

const PADDING = 24
const HEADER = 54
const LEGEND_HEIGHT = 22
const AXIS_HEIGHT = 40
/** Two pixels for each on the screen, so that it stays sharp in a document. */
const SCALE = 2

/** What a drawing shows only where the pointer is. */
const POINTED_AT = '[data-pointed-at]'

/** Properties that come from style sheets, which a picture does not have. */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'text-anchor',
  'visibility',
] as const

/** The drawings in an element as a PNG with their title, summary, legend and time axis, in the page's theme. */
export async function chartPicture(drawing: HTMLElement, words: PictureWords): Promise<Blob> {
  const { width, height } = drawing.getBoundingClientRect()
  const legendHeight = words.legend.length === 0 ? 0 : LEGEND_HEIGHT
  const top = PADDING + HEADER + legendHeight
  const canvas = document.createElement('canvas')
  canvas.width = (width + 2 * PADDING) * SCALE
  canvas.height = (top + height + AXIS_HEIGHT + PADDING / 2) * SCALE
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('This browser cannot draw a picture.')
  const colours = coloursOf(drawing)
  pen.scale(SCALE, SCALE)
  pen.fillStyle = colours.ground
  pen.fillRect(0, 0, canvas.width, canvas.height)
  write(pen, { words, colours, width, top, height })
  const place = { left: PADDING, top }
  drawMarks(pen, drawing, place)
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawingAsSvg(drawing, width, height))}`
  await image.decode()
  pen.drawImage(image, PADDING, top, width, height)
  writeLabels(pen, drawing, { ...place, font: colours.font })
  return blobOf(canvas)
}

type Colours = { ground: string; strong: string; soft: string; font: string }

function coloursOf(drawing: HTMLElement): Colours {
  const { color, fontFamily } = getComputedStyle(document.body)
  const facts = drawing.closest('section')?.querySelector('header > div') ?? drawing
  return { ground: groundOf(drawing), strong: color, soft: getComputedStyle(facts).color, font: fontFamily }
}

/** The colour that the drawing stands on: of the nearest element that has one. */
function groundOf(element: HTMLElement | null): string {
  if (element === null) return getComputedStyle(document.body).backgroundColor
  const { backgroundColor } = getComputedStyle(element)
  return backgroundColor === 'rgba(0, 0, 0, 0)' ? groundOf(element.parentElement) : backgroundColor
}

type Layout = { words: PictureWords; colours: Colours; width: number; top: number; height: number }

function write(pen: CanvasRenderingContext2D, { words, colours, width, top, height }: Layout): void {
  const say = (text: string, place: { x: number; y: number; size: number; bold?: boolean }) => {
    pen.font = `${place.bold ? 600 : 400} ${place.size}px ${colours.font}`
    pen.fillText(text, place.x, place.y, width)
  }
  pen.textBaseline = 'top'
  pen.fillStyle = colours.strong
  say(words.title, { x: PADDING, y: PADDING - 4, size: 15, bold: true })
  pen.fillStyle = colours.soft
  say(words.summary, { x: PADDING, y: PADDING + 20, size: 12 })
  let x = PADDING
  for (const { label, colour, mark } of words.legend) {
    pen.fillStyle = resolved(colour)
    drawMark(pen, mark, { x, y: top - LEGEND_HEIGHT })
    pen.fillStyle = colours.soft
    say(label, { x: x + 20, y: top - LEGEND_HEIGHT, size: 12 })
    x += 36 + pen.measureText(label).width
  }
  for (const tick of words.ticks) {
    pen.textAlign = tick.x < 0.04 ? 'left' : tick.x > 0.96 ? 'right' : 'center'
    say(tick.label, { x: PADDING + tick.x * width, y: top + height + 6, size: 11 })
  }
  pen.textAlign = 'right'
  say(words.axisWords, { x: PADDING + width, y: top + height + 22, size: 11 })
}

/** A legend's sign in the pen's colour. */
function drawMark(
  pen: CanvasRenderingContext2D,
  mark: LegendItem['mark'],
  { x, y }: { x: number; y: number },
): void {
  const isBody = mark === 'area' || mark === 'block' || mark === 'hatch'
  pen.globalAlpha = mark === 'area' ? 0.3 : 1
  if (isBody) pen.fillRect(x, y + 2, 14, 9)
  else if (mark === 'line') pen.fillRect(x, y + 5, 14, 2)
  else for (const piece of [0, 5, 10]) pen.fillRect(x + piece, y + 5, 4, 2)
  pen.globalAlpha = 1
}

/** A colour that may be a variable of the style sheet, as it is now. */
function resolved(colour: string): string {
  const probe = document.createElement('i')
  probe.style.color = colour
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

/** Every drawing in the element at its place, with the look that the style sheets give it. */
function drawingAsSvg(drawing: HTMLElement, width: number, height: number): string {
  const origin = drawing.getBoundingClientRect()
  const whole = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  whole.setAttribute('width', String(width))
  whole.setAttribute('height', String(height))
  for (const svg of drawing.querySelectorAll<SVGSVGElement>('svg:not(svg svg)')) {
    const place = svg.getBoundingClientRect()
    const copy = svg.cloneNode(true) as SVGSVGElement
    dress(svg, copy)
    for (const left of copy.querySelectorAll(POINTED_AT)) left.remove()
    copy.setAttribute('x', String(place.left - origin.left))
    copy.setAttribute('y', String(place.top - origin.top))
    copy.setAttribute('width', String(place.width))
    copy.setAttribute('height', String(place.height))
    whole.append(copy)
  }
  return new XMLSerializer().serializeToString(whole)
}

function dress(original: Element, copy: Element): void {
  const style = getComputedStyle(original)
  const looks = STYLES.map((name) => `${name}:${style.getPropertyValue(name)}`)
  if (original.matches('.recharts-tooltip-cursor, .recharts-active-dot'))
    copy.setAttribute('data-pointed-at', '')
  copy.removeAttribute('class')
  copy.setAttribute('style', looks.join(';'))
  // A width that is the larger of pixels and a share is known only to the browser's layout.
  if (original instanceof SVGRectElement && original.ownerSVGElement !== null) {
    const box = original.getBBox()
    for (const side of ['x', 'y', 'width', 'height'] as const) copy.setAttribute(side, String(box[side]))
  }
  for (const [i, child] of [...original.children].entries()) {
    const twin = copy.children[i]
    if (twin) dress(child, twin)
  }
}

function blobOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob)
      else reject(new Error('The picture could not be made.'))
    }, 'image/png')
  })
}
