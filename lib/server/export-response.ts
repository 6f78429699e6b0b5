import type { ExportFormat } from '#lib/contract/export.ts'
import { type Column, csvHeader, csvLine } from '#lib/services/export/csv.ts'

type Exported<Row> = {
  pages: AsyncGenerator<Row[]>
  columns: readonly Column<Row>[]
  format: ExportFormat
  /** What the file is called, without its ending. */
  name: string
}

const TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json',
}

/**
 * The rows as a file that is written while it is read: a page is asked for when the one before has been taken, so that
 * however long the range, no more than a page is in memory. What is refused is refused before the first byte.
 */
export async function exportResponse<Row>(exported: Exported<Row>): Promise<Response> {
  const { format, name, pages } = exported
  const texts = format === 'csv' ? csvTexts(exported) : jsonTexts(pages)
  const encoder = new TextEncoder()
  let first: IteratorResult<string, undefined> | null = await texts.next()
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const next = first ?? (await texts.next())
        first = null
        if (next.done === true) controller.close()
        else controller.enqueue(encoder.encode(next.value))
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, {
    headers: {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="${name}.${format}"`,
      'cache-control': 'no-store',
    },
  })
}

async function* csvTexts<Row>({ pages, columns }: Exported<Row>): AsyncGenerator<string, undefined> {
  let before = csvHeader(columns)
  for await (const page of pages) {
    yield before + page.map((row) => csvLine(columns, row)).join('')
    before = ''
  }
  if (before !== '') yield before
}

/** A list with a row on each line. */
async function* jsonTexts(pages: AsyncGenerator<unknown[]>): AsyncGenerator<string, undefined> {
  let before = '[\n'
  for await (const page of pages) {
    yield before + page.map((row) => JSON.stringify(row)).join(',\n')
    before = ',\n'
  }
  yield before === ',\n' ? '\n]\n' : '[]\n'
}
