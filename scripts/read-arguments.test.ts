import { afterEach, expect, it, vi } from 'vitest'
import { readArguments } from './read-arguments.ts'

afterEach(() => vi.restoreAllMocks())

/** What is said, and with which code the process would end. */
function typed(args: string[]) {
  const said: unknown[] = []
  vi.spyOn(console, 'error').mockImplementation((text) => void said.push(text))
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`)
  })
  const read = () => readArguments({ args, options: { port: { type: 'string' } } }, 'Usage: this way')
  return { read, said }
}

it('reads what is meant', () => {
  expect(typed(['--port', '80']).read().values).toEqual({ port: '80' })
})

it.each([
  [['--prot', '80'], "Unknown option '--prot'."],
  [['--port'], "Option '--port <value>' argument missing."],
  [['80'], "Unexpected argument '80'."],
])('says of %o what is wrong with it and how it is meant, without a stack', (args, why) => {
  const { read, said } = typed(args)
  expect(read).toThrow('exit 2')
  expect(said).toEqual([`${why}\nUsage: this way`])
})
