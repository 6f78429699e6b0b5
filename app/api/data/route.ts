import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readData } from '#lib/services/read-data.ts'

export const GET = handle(operations.readData, ({ engine }) => readData(engine))
