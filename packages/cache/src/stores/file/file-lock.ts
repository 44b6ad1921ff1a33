import { randomUUID } from 'node:crypto'
import { open, readFile, stat, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { CacheUnavailable } from '../../errors.ts'
import { codeOf } from './code-of.ts'

/** Milliseconds after which a lock is left over: what is done under one takes a few. */
const staleAfter = 10_000
const giveUpAfter = 20_000

/** Does `work` while no other process does anything under the same lock, which is a file. One that a killed process left is broken. */
export async function underFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const token = `${process.pid} ${hostname()} ${randomUUID()}`
  await take(path, token)
  try {
    return await work()
  } finally {
    if ((await contentOf(path)) === token) await unlink(path).catch(ignoreMissing)
  }
}

async function take(path: string, token: string): Promise<void> {
  const deadline = performance.now() + giveUpAfter
  while (!(await made(path, token))) {
    await breakStale(path)
    if (performance.now() > deadline) {
      throw new CacheUnavailable(`The lock '${path}' of a file cache was not free within ${giveUpAfter / 1000} s.`)
    }
    await sleep(1 + Math.random() * 5)
  }
}

async function made(path: string, content: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(content)
    } finally {
      await file.close()
    }
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Takes a lock away whose process is gone. Only one at a time does: another's fresh lock must not be taken for the old one. */
async function breakStale(path: string): Promise<void> {
  if (!(await isStale(path))) return
  const breaking = `${path}.break`
  if (!(await made(breaking, ''))) {
    if (await isOld(breaking)) await unlink(breaking).catch(ignoreMissing)
    return
  }
  try {
    if (await isStale(path)) await unlink(path).catch(ignoreMissing)
  } finally {
    await unlink(breaking).catch(ignoreMissing)
  }
}

async function isStale(path: string): Promise<boolean> {
  const content = await contentOf(path)
  if (content === undefined) return false
  const [pid, host] = content.split(' ')
  // One that is empty is being written.
  const isLeft = content !== '' && host === hostname() && !isAlive(Number(pid))
  return isLeft || isOld(path)
}

async function isOld(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > staleAfter
  } catch (error) {
    ignoreMissing(error)
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) !== 'ESRCH'
  }
}

async function contentOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    ignoreMissing(error)
    return undefined
  }
}

function ignoreMissing(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error
}
