/** One column of a table: its name, and its cell in a row; null: an empty cell. */
export type Column<Row> = readonly [name: string, cell: (row: Row) => string | number | boolean | null]

/** What a spreadsheet would take for a formula and run, whatever it was meant to be. */
const FORMULA = /^[=+\-@\t\r]/

/** A header line for the columns. */
export const csvHeader = <Row>(columns: readonly Column<Row>[]): string =>
  lineOf(columns.map(([name]) => name))

/** A line for a row, as RFC 4180 has it. A text that looks like a formula gets an apostrophe before it. */
export const csvLine = <Row>(columns: readonly Column<Row>[], row: Row): string =>
  lineOf(columns.map(([, cell]) => textOf(cell(row))))

const lineOf = (cells: readonly string[]) => `${cells.map(quoted).join(',')}\r\n`

function textOf(cell: string | number | boolean | null): string {
  if (typeof cell === 'string') return FORMULA.test(cell) ? `'${cell}` : cell
  return cell === null ? '' : String(cell)
}

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
