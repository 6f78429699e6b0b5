import { zodResolver } from '@hookform/resolvers/zod'
import type { FieldValues, Resolver } from 'react-hook-form'
import type { z } from 'zod'
import { plainWords } from '#lib/contract/plain-words.ts'

/** Holds a form to a schema, and says what is wrong in our words where the schema has none of its own. */
export const schemaResolver = <Form extends FieldValues, Given>(
  schema: z.ZodType<Given, Form>,
  words = plainWords,
): Resolver<Form, unknown, Given> => zodResolver(schema, { error: words })
