import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { MARK, plantedSecrets } from './canaries.ts'
import { type Answer, recordedAnswers } from './recorded-answers.ts'
import { secretsTold, type Told } from './secrets-told.ts'

/** Where a console leaves what it knows. */
export type Traces = {
  /** Its database with what belongs to it, and its backups. */
  dataDir: string
  /** What `record-answers.ts` wrote down. */
  answersDir: string
  log: string
}

type Place = { name: string; bytes: Buffer; answer?: Answer }

/** The secret key's own files. */
const IS_KEY = /^secret\.key/

/**
 * Every place in which a secret is found that must not be there, in words: those that tests planted, those that the
 * console told, everywhere but in the answer that told them, and the key that seals them.
 */
export function findLeaks(traces: Traces): string[] {
  const answers = recordedAnswers(traces.answersDir)
  const told = new Map(answers.map((answer) => [answer, secretsTold(answer)]))
  const secrets = distinct([
    ...[...plantedSecrets()].map(([text, what]) => ({ text, what })),
    ...[...told.values()].flat(),
    ...keysIn(traces.dataDir),
  ])
  const mayTell = (answer: Answer, text: string) =>
    told.get(answer)?.some((one) => one.text === text) === true
  const leaks = placesOf(traces, answers).flatMap(({ name, bytes, answer }) => {
    const isMarked = has(bytes, MARK)
    return secrets
      .filter(({ text }) => isMarked || !text.startsWith(MARK))
      .filter(({ text }) => answer === undefined || !mayTell(answer, text))
      .filter(({ text }) => has(bytes, text))
      .map(({ what }) => `${what} in ${name}`)
  })
  return [...new Set(leaks)]
}

const has = (bytes: Buffer, text: string) => [...spellings(text)].some((spelling) => bytes.includes(spelling))

function placesOf({ dataDir, log }: Traces, answers: readonly Answer[]): Place[] {
  const files = filesIn(dataDir)
    .filter((name) => !IS_KEY.test(name))
    .map((name) => ({ name, bytes: readFileSync(join(dataDir, name)) }))
  if (!files.some(({ bytes }) => bytes.includes('SQLite format 3'))) throw new Error('There is no database.')
  if (log === '' || answers.length === 0) throw new Error('There is no log, or no answer was written down.')
  return [...files, { name: 'the log', bytes: Buffer.from(log) }, ...answers.map(placeOf)]
}

/** A cookie is told to the browser that it is for, in this header and nowhere else. */
function placeOf(answer: Answer): Place {
  const { method, url, headers, body } = answer
  const path = new URL(url, 'http://any').pathname
  return {
    name: `the answer to ${method} ${path}`,
    bytes: Buffer.concat([Buffer.from(`${JSON.stringify({ ...headers, 'set-cookie': undefined })}\n`), body]),
    answer,
  }
}

/** As it is, and as it would be written by whoever packs it; what is sealed or hashed is in none of these. */
const spellings = (text: string): Set<string> =>
  new Set([
    text,
    encodeURIComponent(text),
    Buffer.from(text).toString('base64').replace(/=+$/, ''),
    Buffer.from(text).toString('hex'),
  ])

/** The secret key as it is written. */
function keysIn(dataDir: string): Told[] {
  const path = join(dataDir, 'secret.key')
  if (!existsSync(path)) return []
  const text = readFileSync(path, 'utf8').trim()
  return [{ text, what: 'the secret key' }]
}

function distinct(secrets: readonly Told[]): Told[] {
  return [...new Map(secrets.map((secret) => [secret.text, secret])).values()]
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  )
