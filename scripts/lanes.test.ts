import { describe, expect, it } from 'vitest'
import { runInLanes } from './lanes.ts'

/** Jobs that end when they are told to. */
function commandedJobs(names: readonly string[]) {
  const begun: string[] = []
  const jobs = new Map(names.map((name) => [name, Promise.withResolvers<string>()]))
  const run = (name: string) => {
    begun.push(name)
    return jobs.get(name)!.promise
  }
  const end = async (name: string) => {
    jobs.get(name)!.resolve(`${name} done`)
    await new Promise(setImmediate)
  }
  return { begun, run, end }
}

describe('jobs in lanes', () => {
  it('begin two at a time, the next as soon as either ends', async () => {
    const names = ['long', 'short', 'third', 'fourth']
    const { begun, run, end } = commandedJobs(names)
    const all = runInLanes(2, names, run)
    expect(begun).toEqual(['long', 'short'])
    await end('short')
    expect(begun).toEqual(['long', 'short', 'third'])
    await end('third')
    expect(begun).toEqual(names)
    await end('fourth')
    await end('long')
    expect(await all).toEqual(['long done', 'short done', 'third done', 'fourth done'])
  })

  it('are none where there is nothing to do', async () => {
    expect(await runInLanes(2, [], () => Promise.reject(new Error('nothing to run')))).toEqual([])
  })

  it('pass on what goes wrong', async () => {
    await expect(runInLanes(2, ['a'], () => Promise.reject(new Error('a broke')))).rejects.toThrow('a broke')
  })
})
