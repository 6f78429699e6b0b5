/** A request of an application, as it goes to the gateway. */
export type Question = {
  path: `/v1/${string}`
  headers: Readonly<Record<string, string>>
  body: object
  /** The application gives up after so long, ms; null: it waits. */
  patienceMs: number | null
}

type Asker = { user: string; region: string; roll: () => number }

/** So many that a split by user comes out as planned. */
const USERS = 1_000
const REGIONS = ['us-east', 'eu-west', 'eu-central', 'us-west'] as const
const TEXT = 'Which platform does the night train to Vienna leave from, and is it on time?'
const messages = [{ role: 'user', content: TEXT }]
/** One in fifty leaves before most answers come. */
const IMPATIENT_SHARE = 0.02
const IMPATIENCE_MS = 120

const chat = (model: string, { user, region, roll }: Asker): Omit<Question, 'patienceMs'> => ({
  path: '/v1/chat/completions',
  headers: { 'x-switchyard-region': region },
  body: { model, messages, user, ...(roll() < 0.5 ? { stream: true } : {}) },
})

const claude = ({ user, roll }: Asker): Omit<Question, 'patienceMs'> => ({
  path: '/v1/messages',
  headers: { 'anthropic-version': '2023-06-01', 'x-switchyard-user': user },
  body: {
    model: 'claude-sonnet-4-5',
    max_tokens: 64,
    messages,
    ...(roll() < 0.5 ? { stream: true } : {}),
  },
})

const embeddings = ({ user }: Asker): Omit<Question, 'patienceMs'> => ({
  path: '/v1/embeddings',
  headers: {},
  body: { model: 'text-embedding-3-small', input: TEXT, user },
})

/** What the applications of the demo ask, and how much of the traffic each is. */
const KINDS: readonly [share: number, ask: (asker: Asker) => Omit<Question, 'patienceMs'>][] = [
  [0.25, (asker) => chat('gpt-4o', asker)],
  [0.1, (asker) => chat('gpt-4o-mini', asker)],
  [0.25, (asker) => chat('fast', asker)],
  [0.1, (asker) => chat('nearest', asker)],
  [0.1, (asker) => chat('summarise', asker)],
  [0.12, claude],
  [0.08, embeddings],
]

/** The next request; the same for the same rolls. */
export function nextQuestion(roll: () => number): Question {
  const asker = {
    user: `user-${Math.floor(roll() * USERS)}`,
    region: REGIONS[Math.floor(roll() * REGIONS.length)] ?? REGIONS[0],
    roll,
  }
  let left = roll()
  const [, ask] = KINDS.find(([share]) => (left -= share) < 0) ?? [0, embeddings]
  return { ...ask(asker), patienceMs: roll() < IMPATIENT_SHARE ? IMPATIENCE_MS : null }
}
