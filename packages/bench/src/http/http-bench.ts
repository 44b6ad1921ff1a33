import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Contender, startContender } from './contender.ts'
import { median, requestsPerSecond } from './load.ts'
import { createWorld } from './world.ts'

export const tasks = ['plaintext', 'json', 'db', 'queries', 'fortunes'] as const
export const peers = ['fastify', 'nuages'] as const

export interface HttpResult {
  readonly task: (typeof tasks)[number]
  /** Requests a second of the hand-written server: the median of the rounds. */
  readonly raw: number
  /** For each peer its rate over raw's, round by round: the median. */
  readonly ratios: Readonly<Record<(typeof peers)[number], number>>
}

/**
 * Measures each task on all servers in turn, round by round, so that a machine that slows down slows them all.
 * @param seconds how long wrk runs for one figure
 */
export async function httpBench({ rounds, seconds }: { rounds: number; seconds: number }): Promise<HttpResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'nuages-bench-'))
  const file = join(folder, 'world.sqlite3')
  createWorld(file)
  const contenders: Contender[] = []
  try {
    for (const name of ['raw', ...peers]) contenders.push(await startContender(name, file))
    const results: HttpResult[] = []
    for (const task of tasks) results.push(await measure(task, contenders, rounds, seconds))
    return results
  } finally {
    await Promise.all(contenders.map((contender) => contender.stop()))
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(
  task: HttpResult['task'],
  contenders: readonly Contender[],
  rounds: number,
  seconds: number,
): Promise<HttpResult> {
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]))
  for (const { url } of contenders) await requestsPerSecond(`${url}/${task}`, 2)
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, url } of contenders) rates.get(name)!.push(await requestsPerSecond(`${url}/${task}`, seconds))
  }
  const raw = rates.get('raw')!
  const ratio = (name: string): number => median(rates.get(name)!.map((rate, round) => rate / raw[round]!))
  return { task, raw: median(raw), ratios: { fastify: ratio('fastify'), nuages: ratio('nuages') } }
}
