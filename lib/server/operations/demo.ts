import { demoLoadSchema, setDemoLoadSchema } from '#lib/contract/demo-load.ts'
import { operation } from '../operation.ts'

export const readDemoLoad = operation({
  method: 'GET',
  path: '/api/demo/load',
  access: 'console.read',
  tag: 'demo',
  summary: "The demo's traffic. Unknown outside the demo.",
  answer: demoLoadSchema,
  errors: ['not_found'],
})

export const setDemoLoad = operation({
  method: 'PUT',
  path: '/api/demo/load',
  access: 'demo.command',
  tag: 'demo',
  summary: "Turns the demo's traffic up or down.",
  body: setDemoLoadSchema,
  answer: demoLoadSchema,
  errors: ['not_found'],
})
