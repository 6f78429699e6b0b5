import type { Behaviour } from './faulty-upstream.fixture.ts'
import { answers, chunkOf, completionOf, DONE, ROLE, streamsAll } from './faulty-upstream.fixture.ts'

/** The weather, as a tool that a model calls. */
export const TOOL_CALL = {
  id: 'call_1',
  type: 'function',
  function: { name: 'weather', arguments: '{"city":"Bern"}' },
} as const

/** A chat completion that calls a tool. */
export const callsTool: Behaviour = answers(200, {
  ...completionOf(''),
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: null, tool_calls: [TOOL_CALL] },
      finish_reason: 'tool_calls',
    },
  ],
})

/** The same as a stream, the arguments in pieces. */
export const streamsTool: Behaviour = streamsAll(
  ROLE,
  chunkOf({
    tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'weather', arguments: '' } }],
  }),
  chunkOf({ tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] }),
  chunkOf({ tool_calls: [{ index: 0, function: { arguments: '"Bern"}' } }] }),
  chunkOf({}, 'tool_calls'),
  DONE,
)

export const embeds: Behaviour = answers(200, {
  object: 'list',
  model: 'text-embedding',
  data: [{ object: 'embedding', index: 0, embedding: [0.25, 0.5, 0.75] }],
  usage: { prompt_tokens: 4, total_tokens: 4 },
})

const RESPONSE = {
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  status: 'completed',
  model: 'gpt-4o',
  error: null,
  incomplete_details: null,
  instructions: null,
  metadata: {},
  parallel_tool_calls: true,
  temperature: 1,
  tool_choice: 'auto',
  tools: [],
  top_p: 1,
  output: [
    {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'hello there', annotations: [] }],
    },
  ],
  usage: {
    input_tokens: 7,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 3,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 10,
  },
}

/** An answer of the Responses API. */
export const responds: Behaviour = answers(200, RESPONSE)

const event = (type: string, fields: object) =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`

const [MESSAGE] = RESPONSE.output

/** The events before the first text of a Responses stream. */
export const RESPONSE_HEAD = [
  event('response.created', {
    sequence_number: 0,
    response: { ...RESPONSE, status: 'in_progress', output: [], usage: null },
  }),
  event('response.output_item.added', {
    sequence_number: 1,
    output_index: 0,
    item: { ...MESSAGE, status: 'in_progress', content: [] },
  }),
  event('response.content_part.added', {
    sequence_number: 2,
    item_id: 'msg_1',
    output_index: 0,
    content_index: 0,
    part: { type: 'output_text', text: '', annotations: [] },
  }),
]
export const responseText = (delta: string) =>
  event('response.output_text.delta', {
    sequence_number: 3,
    item_id: 'msg_1',
    output_index: 0,
    content_index: 0,
    delta,
    logprobs: [],
  })
export const RESPONSE_END = [
  event('response.output_text.done', {
    sequence_number: 5,
    item_id: 'msg_1',
    output_index: 0,
    content_index: 0,
    text: 'hello there',
    logprobs: [],
  }),
  event('response.output_item.done', { sequence_number: 6, output_index: 0, item: MESSAGE }),
  event('response.completed', { sequence_number: 7, response: RESPONSE }),
]

/** The same answer as a stream. */
export const streamsResponse: Behaviour = streamsAll(
  ...RESPONSE_HEAD,
  responseText('hello '),
  responseText('there'),
  ...RESPONSE_END,
)

const MESSAGE_FACTS = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-1',
  stop_sequence: null,
}
const USAGE = { input_tokens: 7, output_tokens: 3 }

/** A message of Anthropic's with this content. */
export const messages = (content: object[], stopReason = 'end_turn'): Behaviour =>
  answers(200, { ...MESSAGE_FACTS, content, stop_reason: stopReason, usage: USAGE })

/** A message that says this. */
export const saysMessage = (text: string): Behaviour => messages([{ type: 'text', text }])

/** The events before the first text of a message. */
export const MESSAGE_HEAD = [
  event('message_start', {
    message: { ...MESSAGE_FACTS, content: [], stop_reason: null, usage: { ...USAGE, output_tokens: 1 } },
  }),
  event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
  event('ping', {}),
]
export const messageText = (text: string) =>
  event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } })
export const MESSAGE_END = [
  event('content_block_stop', { index: 0 }),
  event('message_delta', {
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: 3 },
  }),
  event('message_stop', {}),
]

/** A message as a stream. */
export const streamsMessage = (...words: string[]): Behaviour =>
  streamsAll(...MESSAGE_HEAD, ...words.map(messageText), ...MESSAGE_END)
