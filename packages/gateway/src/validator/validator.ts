import type { Application, Body, StartResponse } from '../contract.ts'
import { GatewayContractError } from '../errors.ts'
import { checkEnviron } from './check-environ.ts'
import { checkStart } from './check-start.ts'
import { ResponseState } from './response-state.ts'
import { validatedBody } from './validated-body.ts'
import { validatedEnviron } from './validated-environ.ts'

/**
 * Stands between a server and an application and throws `GatewayContractError` when one of them breaks the contract; its
 * `side` says which. The role of `wsgiref.validate`. For tests and development: it reads every name of every environ.
 *
 * ```ts
 * const server = await serve(validator(application), { port: 0 })
 * ```
 */
export function validator(application: Application): Application {
  return (environ, startResponse) => {
    if (typeof startResponse !== 'function') {
      throw new GatewayContractError('server', `startResponse must be a function; got ${typeof startResponse}.`)
    }
    checkEnviron(environ)
    const state = new ResponseState(environ.REQUEST_METHOD)
    const validated: StartResponse = (status, headers, error) => {
      checkStart(status, headers)
      state.start(status, headers, error)
      startResponse(status, headers, error)
    }
    const body: unknown = application(validatedEnviron(environ), validated)
    return isThenable(body) ? whenGiven(body, state) : validatedBody(body, state)
  }
}

async function whenGiven(body: PromiseLike<unknown>, state: ResponseState): Promise<Body> {
  return validatedBody(await body, state)
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
