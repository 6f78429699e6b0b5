/** The first message anywhere below a node of the form's errors; undefined when there is none. */
export function firstMessage(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined
  if ('message' in node && typeof node.message === 'string') return node.message
  for (const [name, child] of Object.entries(node)) {
    const message = name === 'ref' ? undefined : firstMessage(child)
    if (message !== undefined) return message
  }
  return undefined
}

/** All messages of the form's errors with their dotted paths. */
export function allMessages(node: unknown, path = ''): { path: string; message: string }[] {
  if (typeof node !== 'object' || node === null) return []
  if ('message' in node && typeof node.message === 'string') return [{ path, message: node.message }]
  return Object.entries(node).flatMap(([name, child]) =>
    name === 'ref' ? [] : allMessages(child, path === '' ? name : `${path}.${name}`),
  )
}
