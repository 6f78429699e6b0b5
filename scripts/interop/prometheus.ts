import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '#bench/free-port.ts'
import type { Programs } from './programs.ts'
import { type RunningProgram, startProgram } from './start-program.ts'
import type { WatchedConsole } from './watched-console.ts'

/** One series as Prometheus answers a query for now. */
export type Found = { labels: Record<string, string>; value: number }

/** A Prometheus that scrapes the console every second: with its key, and (job `stranger`) with a wrong one. */
export type Prometheus = RunningProgram & {
  query: (expression: string) => Promise<Found[]>
  /** What it was told of a family by the text that it scraped. */
  metadata: (family: string) => Promise<{ type: string; help: string } | null>
  /** The sum of one of its own metrics. */
  own: (name: string) => Promise<number>
}

/** Starts Prometheus on an empty database in `folder`. */
export async function startPrometheus(
  { prometheus }: Programs,
  { url: consoleUrl, metricsKey }: WatchedConsole,
  folder: string,
): Promise<Prometheus> {
  const port = await freePort()
  const [keyFile, wrongKeyFile] = [join(folder, 'key'), join(folder, 'wrong-key')]
  await writeFile(keyFile, metricsKey)
  await writeFile(wrongKeyFile, `${metricsKey}x`)
  const config = join(folder, 'prometheus.yml')
  await writeFile(config, configOf(new URL(consoleUrl).host, { switchyard: keyFile, stranger: wrongKeyFile }))
  const url = `http://127.0.0.1:${port}`
  const program = await startProgram({
    command: prometheus,
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'tsdb')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    url,
    readyPath: '/-/ready',
  })
  const ask = async <Data>(path: string, asked: Record<string, string>): Promise<Data> => {
    const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(asked).toString()}`)
    const { data, error } = (await response.json()) as { data: Data; error?: string }
    if (!response.ok) throw new Error(`Prometheus refused ${JSON.stringify(asked)}: ${error ?? ''}`)
    return data
  }
  return {
    ...program,
    query: async (query) => {
      const { result } = await ask<{ result: { metric: Record<string, string>; value: [number, string] }[] }>(
        'query',
        { query },
      )
      return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }))
    },
    metadata: async (metric) =>
      (await ask<{ type: string; help: string }[]>('targets/metadata', { metric }))[0] ?? null,
    own: async (name) => {
      const text = await (await fetch(`${url}/metrics`)).text()
      const values = [...text.matchAll(new RegExp(`^${name}(?:{.*})? (\\S+)$`, 'gm'))]
      if (values.length === 0) throw new Error(`Prometheus has no metric ${name}.`)
      return values.reduce((sum, [, value]) => sum + Number(value), 0)
    },
  }
}

const configOf = (target: string, keyFiles: Record<string, string>) =>
  JSON.stringify({
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: Object.entries(keyFiles).map(([job, file]) => ({
      job_name: job,
      metrics_path: '/api/metrics',
      authorization: { credentials_file: file },
      static_configs: [{ targets: [target] }],
    })),
  })
