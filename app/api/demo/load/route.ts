import { readDemoLoad, setDemoLoad } from '#lib/server/demo-load.ts'
import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'

export const GET = handle(operations.readDemoLoad, ({ runtime }) => readDemoLoad(runtime.demoControl))

export const PUT = handle(operations.setDemoLoad, ({ runtime, body }) =>
  setDemoLoad(runtime.demoControl, body),
)
