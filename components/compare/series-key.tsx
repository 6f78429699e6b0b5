/** How a series is drawn, as a short piece of its line. */
export function SeriesKey({ colour, dashes }: { colour: string; dashes: string }) {
  return (
    <svg width="26" height="8" viewBox="0 0 26 8" style={{ flex: 'none' }} aria-hidden="true">
      <line
        x1="0"
        x2="26"
        y1="4"
        y2="4"
        strokeWidth="2.4"
        style={{ stroke: colour, ...(dashes === '' ? {} : { strokeDasharray: dashes }) }}
      />
    </svg>
  )
}
