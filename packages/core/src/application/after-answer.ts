import { logger } from '../log/logger.ts'

const running = new Set<Promise<void>>()

/**
 * Does `work` in a later turn than the one that answers, so that a visitor neither waits for it nor learns from the time it
 * takes: a mail that is sent where an address is known. What it throws is logged. The process stays until it is done; work
 * that must survive a crash belongs into a queue. The language and the time zone of the caller are kept; a transaction is not
 * to be open, so begin it with `onCommit(() => afterAnswer(work))` where one may be.
 */
export function afterAnswer(work: () => void | Promise<void>): void {
  const { promise, resolve } = Promise.withResolvers<void>()
  running.add(promise)
  setImmediate(async () => {
    try {
      await work()
    } catch (error) {
      logger.error({ err: error }, 'What was to be done after an answer failed.')
    } finally {
      running.delete(promise)
      resolve()
    }
  })
}

/** Waits until nothing is left of what `afterAnswer` was given: for tests, and before a process ends on purpose. */
export async function afterAnswers(): Promise<void> {
  while (running.size > 0) await Promise.all(running)
}
