/** The secret of an `otpauth:` address, for an app that cannot see the picture. */
export const secretOf = (uri: string): string => new URL(uri).searchParams.get('secret') ?? ''

/** The recovery codes as a file to keep. */
export const recoveryCodesText = (codes: readonly string[], account: string): string =>
  [`Switchyard, recovery codes of ${account}. Each lets you in once.`, '', ...codes, ''].join('\n')

/** Black squares as one SVG path of unit squares, neighbours in a row as one bar. */
export function squaresPath(rows: readonly (readonly boolean[])[]): string {
  return rows
    .flatMap((row, y) => barsOf(row).map(({ from, length }) => `M${from} ${y}h${length}v1h-${length}z`))
    .join('')
}

function barsOf(row: readonly boolean[]): { from: number; length: number }[] {
  const bars: { from: number; length: number }[] = []
  row.forEach((isBlack, x) => {
    const last = bars.at(-1)
    if (!isBlack) return
    if (last !== undefined && last.from + last.length === x) last.length += 1
    else bars.push({ from: x, length: 1 })
  })
  return bars
}
