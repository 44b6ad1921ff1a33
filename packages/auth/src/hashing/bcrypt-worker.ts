import { parentPort } from 'node:worker_threads'
import { hashSync } from 'bcryptjs'

/** What `bcryptHash` sends to a thread of this file. */
export interface BcryptJob {
  readonly password: string
  /** With its variant and cost: `$2b$12$` and 22 letters. */
  readonly salt: string
}

/** What comes back. */
export type BcryptAnswer = { readonly hash: string } | { readonly problem: string }

parentPort?.on('message', ({ password, salt }: BcryptJob) => {
  parentPort?.postMessage(answer(password, salt))
})

function answer(password: string, salt: string): BcryptAnswer {
  try {
    return { hash: hashSync(password, salt) }
  } catch (error) {
    return { problem: String(error) }
  }
}
