import { describe, expect, it } from 'vitest'
import { createLog } from './log.ts'

describe('the log', () => {
  it('is JSON lines without secrets', () => {
    const lines: string[] = []
    const log = createLog('info', { write: (line) => void lines.push(line) })
    log.info(
      { apiKey: 'test-key', provider: { apiKey: 'test-key', headers: { authorization: 'test-key' } } },
      'added',
    )
    log.debug('not shown')
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toContain('test-key')
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'info', msg: 'added', apiKey: '[redacted]' })
  })

  it('has the whole of an error', () => {
    const lines: string[] = []
    createLog('error', { write: (line) => void lines.push(line) }).error({
      err: new Error('why', { cause: new Error('because') }),
    })
    expect(lines[0]).toContain('because')
    expect(lines[0]).toContain('log.test.ts')
  })
})
