// For nginx with njs 0.7.9 or newer. Switchyard chooses, nginx carries, and the outcome goes back.
const CONSOLE = '127.0.0.1:3000'
// An API key of the console's for the purposes `select` and `outcomes`.
const KEY = 'YOUR_SWITCHYARD_KEY'
const ROUTE = 'chat'
const MAX_ATTEMPTS = 3
// Who is called while Switchyard is away, by the model's name that the request gives.
const FALLBACK = 'openai-prod'
// What another provider may do better: its own failures, its limits, our key there.
const RETRIED = [401, 402, 403, 429]

async function post(path, body) {
  const reply = await ngx.fetch(`http://${CONSOLE}${path}`, {
    method: 'POST',
    // njs before 0.8.5 leaves the port out of the host, which the console then refuses.
    headers: { Host: CONSOLE, 'Content-Type': 'application/json', Authorization: `Bearer ${KEY}` },
    body: JSON.stringify(body),
  })
  const text = await reply.text()
  if (reply.status >= 500) throw new Error(text)
  return JSON.parse(text)
}

/** The handler of a location: a request, from its body to its answer. */
async function carry(r) {
  let body
  try {
    body = JSON.parse(r.requestText)
  } catch (error) {
    return refuse(r, 400, 'The body is not JSON.')
  }
  const tried = []
  let last = null
  while (tried.length < MAX_ATTEMPTS) {
    const choice = await choose(r, body.model, tried)
    if (!choice.providerId) {
      // What the last attempt met says more than that nobody else is left.
      if (last !== null) break
      waitUntil(r, choice.returnsAt)
      return refuse(r, 503, choice.reason)
    }
    tried.push(choice.providerId)
    last = await attempt(r, body, choice)
    if (last.status < 500 && RETRIED.indexOf(last.status) < 0) break
  }
  r.headersOut['Content-Type'] = last.headersOut['Content-Type'] || 'application/json'
  r.return(last.status, last.responseText)
}

/** Whom to call, by which name of the model, and with which permit. */
async function choose(r, model, tried) {
  try {
    const decision = await post(`/api/routes/${ROUTE}/select`, { model: model, exclude: tried })
    if (!decision.chosen) return { returnsAt: decision.returnsAt, reason: decision.reason || decision.detail }
    const member = decision.candidates.find((one) => one.providerId === decision.chosen)
    return { providerId: decision.chosen, model: member.model, permit: decision.permit.token }
  } catch (error) {
    r.error(`Switchyard cannot be asked: ${error.message}`)
    if (tried.indexOf(FALLBACK) >= 0) return { reason: 'Switchyard is away and the fallback was tried.' }
    return { providerId: FALLBACK, model: model }
  }
}

/** One call, and its outcome. The report is waited for: what is left running when a request ends is cut off. */
async function attempt(r, body, choice) {
  const sent = Object.assign({}, body, { model: choice.model })
  const startedAt = Date.now()
  const reply = await r.subrequest(`/provider/${choice.providerId}`, {
    method: 'POST',
    body: JSON.stringify(sent),
  })
  const outcome = Object.assign({}, choice, {
    httpStatus: reply.status,
    latencyMs: Math.max(0, Date.now() - startedAt),
  })
  const seconds = Number(reply.headersOut['Retry-After'])
  if (seconds > 0) outcome.retryAfterMs = Math.min(seconds, 3600) * 1000
  try {
    await post('/api/outcomes', [outcome])
  } catch (error) {
    r.error(`Switchyard did not take an outcome: ${error.message}`)
  }
  return reply
}

function waitUntil(r, returnsAt) {
  if (!returnsAt) return
  const seconds = Math.ceil((Date.parse(returnsAt) - Date.now()) / 1000)
  r.headersOut['Retry-After'] = String(Math.max(1, seconds))
}

function refuse(r, status, message) {
  r.headersOut['Content-Type'] = 'application/json'
  r.return(status, JSON.stringify({ error: { message: message } }))
}

export default { carry }
