/** Where the drawing's top left corner is in the picture. */
type Place = { left: number; top: number }

/** Marks that the page draws as dashed borders: where something happened. They stand behind the drawings. */
export function drawMarks(pen: CanvasRenderingContext2D, drawing: HTMLElement, at: Place): void {
  const origin = drawing.getBoundingClientRect()
  pen.save()
  pen.lineWidth = 1
  pen.setLineDash([3, 3])
  for (const mark of drawing.querySelectorAll<HTMLElement>('[data-picture-mark]')) {
    const { left, top, height } = mark.getBoundingClientRect()
    // On whole pixels, or the thin line would be spread over two.
    const x = Math.round(at.left + left - origin.left) + 0.5
    const y = at.top + top - origin.top
    pen.strokeStyle = getComputedStyle(mark).borderLeftColor
    pen.beginPath()
    pen.moveTo(x, y)
    pen.lineTo(x, y + height)
    pen.stroke()
  }
  pen.restore()
}

/** Words that stand in the drawing as text of the page: names of lanes, days, hours. */
export function writeLabels(
  pen: CanvasRenderingContext2D,
  drawing: HTMLElement,
  at: Place & { font: string },
): void {
  const origin = drawing.getBoundingClientRect()
  pen.textAlign = 'left'
  pen.textBaseline = 'middle'
  for (const label of drawing.querySelectorAll<HTMLElement>('[data-picture-text]')) {
    const place = label.getBoundingClientRect()
    const { color, fontSize } = getComputedStyle(label)
    pen.fillStyle = color
    pen.font = `${fontSize} ${at.font}`
    const y = place.top - origin.top + place.height / 2
    pen.fillText(label.textContent, at.left + place.left - origin.left, at.top + y, Math.max(1, place.width))
  }
}
