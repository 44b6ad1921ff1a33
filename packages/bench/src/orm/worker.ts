/** One contender, in a process of its own: runs a task once to be checked, or for some time to be measured. */
import { contenders } from './contenders.ts'
import type { Task, TaskName } from './library.ts'
import { shownResult } from './shown.ts'

export type Request =
  | { readonly type: 'check'; readonly task: TaskName; readonly turn: number }
  | { readonly type: 'measure'; readonly task: TaskName; readonly duration: number; readonly clock: Clock }

/** `cpu` counts what the process itself was busy with, on a machine that others use at the same time. */
export type Clock = 'wall' | 'cpu'

export type Answer = { readonly value: unknown } | { readonly error: string }

const [vendor, name, target] = process.argv.slice(2) as ['sqlite' | 'postgresql', string, string]
const contender = await (await contenders[vendor][name]!())(target)
const turns = new Map<TaskName, number>()

async function check(task: TaskName, run: Task, turn: number): Promise<string> {
  const result = await run(turn)
  return shownResult(task, contender.shown ? await contender.shown(task, result) : result)
}

/** Microseconds that the task takes, on average over `duration` milliseconds. */
async function measure(task: TaskName, run: Task, duration: number, clock: Clock): Promise<number> {
  let turn = turns.get(task) ?? 1
  let done = 0
  let batch = 1
  const start = performance.now()
  const busy = process.cpuUsage()
  let elapsed = 0
  while (elapsed < duration) {
    for (let index = 0; index < batch; index += 1) {
      const running = run(turn++)
      // A contender that answers at once is not made to wait.
      if (running instanceof Promise) await running
    }
    done += batch
    elapsed = performance.now() - start
    // The clock is read about twenty times in all.
    batch = Math.max(1, Math.floor((done / elapsed) * (duration / 20)))
  }
  turns.set(task, turn)
  const { user, system } = process.cpuUsage(busy)
  return clock === 'cpu' ? (user + system) / done : (elapsed / done) * 1000
}

async function answer(request: Request): Promise<Answer> {
  const run = contender.tasks[request.task]
  if (!run) return { value: undefined }
  try {
    if (request.type === 'check') return { value: await check(request.task, run, request.turn) }
    return { value: await measure(request.task, run, request.duration, request.clock) }
  } catch (error) {
    return { error: error instanceof Error ? String(error.stack) : String(error) }
  }
}

process.on('message', (request: Request) => void answer(request).then((reply) => process.send!(reply)))
process.on('disconnect', () => process.exit(0))
process.send!({ value: 'ready' } satisfies Answer)
