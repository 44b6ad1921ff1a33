import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { NuagesError } from '@nuages/foundation'
import type { BcryptAnswer, BcryptJob } from './bcrypt-worker.ts'

/** The worker beside this file: TypeScript in the workspace, JavaScript where the package was installed. */
const workerFile = new URL(`./bcrypt-worker${extname(import.meta.url)}`, import.meta.url)

/** One core is left to the event loop; nobody's log-in needs more than this many at once. */
const mostThreads = Math.max(1, Math.min(4, availableParallelism() - 1))

/** Milliseconds after which a thread that nobody needs any more ends. */
const idleTime = 30_000

interface Thread {
  readonly worker: Worker
  ending?: NodeJS.Timeout
}

const idle: Thread[] = []
const waiting: ((thread: Thread) => void)[] = []
let running = 0

/**
 * Bcrypt of a password with a salt, `$2b$12$…`. It is JavaScript, since Node has none of its own, and takes a third of a
 * second: so it is computed in threads, which start when the first one is asked for. Throws `NuagesError` where the salt is
 * none.
 */
export async function bcryptHash(password: string, salt: string): Promise<string> {
  const thread = await takeThread()
  let answer: BcryptAnswer
  try {
    answer = await ask(thread.worker, { password, salt })
  } catch (error) {
    // A thread that failed is gone; whoever waits gets another one.
    running--
    const next = waiting.shift()
    if (next !== undefined) next(startThread())
    throw error
  }
  giveBack(thread)
  if ('hash' in answer) return answer.hash
  throw new NuagesError('bcrypt', `bcrypt was asked for what it cannot do: ${answer.problem}.`)
}

function takeThread(): Thread | Promise<Thread> {
  const thread = idle.pop()
  if (thread !== undefined) {
    clearTimeout(thread.ending)
    return thread
  }
  return running < mostThreads ? startThread() : new Promise((resolve) => void waiting.push(resolve))
}

function startThread(): Thread {
  running++
  // What this process was started with, such as a loader, is not the thread's.
  return { worker: new Worker(workerFile, { execArgv: [] }) }
}

function giveBack(thread: Thread): void {
  const next = waiting.shift()
  if (next !== undefined) {
    next(thread)
    return
  }
  thread.worker.unref()
  thread.ending = setTimeout(() => {
    idle.splice(idle.indexOf(thread), 1)
    running--
    void thread.worker.terminate()
  }, idleTime)
  thread.ending.unref()
  idle.push(thread)
}

/** A process does not end while a thread computes; an idle one keeps none. */
function ask(worker: Worker, job: BcryptJob): Promise<BcryptAnswer> {
  worker.ref()
  return new Promise((resolve, reject) => {
    const settle = () => void worker.off('message', onMessage).off('error', onError).off('exit', onExit)
    const onMessage = (answer: BcryptAnswer) => {
      settle()
      resolve(answer)
    }
    const onError = (error: unknown) => {
      settle()
      reject(error)
    }
    const onExit = () => {
      settle()
      reject(new NuagesError('bcrypt', 'A thread that computed bcrypt ended before it had an answer.'))
    }
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    worker.postMessage(job)
  })
}
