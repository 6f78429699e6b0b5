import { z } from 'zod'
import { Prisma } from '#prisma/generated/client.ts'

/** A time as it stands in a row, as epoch ms. */
export const storedTime = z.bigint().transform(Number)
export const storedTimeOrNull = storedTime.nullable()

/** Epoch ms as they stand in a row. */
export const timeValue = (at: number) => BigInt(Math.round(at))

/**
 * A value as Prisma takes it for a JSON column. JSON text is made of it and nothing else, so what JSON leaves out
 * may be in it.
 */
export const json = (value: unknown) => value as Prisma.InputJsonValue

/** The same for a column that may be empty. */
export const jsonOrNull = (value: unknown) =>
  value === null || value === undefined ? Prisma.DbNull : json(value)
