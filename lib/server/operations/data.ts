import { z } from 'zod'
import { backedUpSchema, dataSchema } from '#lib/contract/data.ts'
import { operation } from '../operation.ts'

export const readData = operation({
  method: 'GET',
  path: '/api/data',
  access: 'console.read',
  tag: 'data',
  summary: 'What the database holds and how large it is, and when it was last backed up.',
  answer: dataSchema,
})

export const backUp = operation({
  method: 'POST',
  path: '/api/data/backup',
  access: 'data.backup',
  tag: 'data',
  summary: 'Copies the database into a new file beside it; answers when the copy is whole and on the disk.',
  body: z.strictObject({}),
  bodyOptional: true,
  answer: backedUpSchema,
  status: 201,
  errors: ['conflict'],
})
