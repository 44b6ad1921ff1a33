import type { Environ } from '../contract.ts'
import { GatewayContractError } from '../errors.ts'
import { withEnviron } from '../with-environ.ts'

/** The environ with its input and error stream checked as the application uses them. */
export function validatedEnviron(environ: Environ): Environ {
  return withEnviron(environ, {
    'gateway.input': new ValidatedInput(environ['gateway.input']),
    'gateway.errors': {
      write(text: unknown): unknown {
        if (typeof text === 'string') return environ['gateway.errors'].write(text)
        throw new GatewayContractError('application', `'gateway.errors' takes strings; got ${typeof text}.`)
      },
    },
  })
}

class ValidatedInput implements AsyncIterable<Uint8Array> {
  readonly #input: AsyncIterable<Uint8Array>
  #isTaken = false

  constructor(input: AsyncIterable<Uint8Array>) {
    this.#input = input
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    if (this.#isTaken) throw new GatewayContractError('application', "it read 'gateway.input' a second time.")
    this.#isTaken = true
    return this.#read()
  }

  async *#read(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#input) {
      if (!(chunk instanceof Uint8Array)) {
        throw new GatewayContractError('server', `'gateway.input' must give bytes; got ${typeof chunk}.`)
      }
      yield chunk
    }
  }
}
