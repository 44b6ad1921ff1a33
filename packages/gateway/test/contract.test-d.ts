import { expectTypeOf } from 'vitest'
import type { Application, Environ, StartResponse } from '../src/index.ts'
import { serve, validator, withEnviron } from '../src/index.ts'

expectTypeOf<Application>().parameters.toEqualTypeOf<[Environ, StartResponse]>()
expectTypeOf(validator).returns.toEqualTypeOf<Application>()

const forms: Application[] = [
  () => 'text',
  () => new Uint8Array(),
  () => ['a', new Uint8Array()],
  async () => 'text',
  async function* () {
    yield 'text'
  },
  (environ) => environ['gateway.input'],
]
expectTypeOf(forms).toEqualTypeOf<Application[]>()

// @ts-expect-error a number is no body
const number: Application = () => 42
// @ts-expect-error the chunks must be strings or bytes
const numbers: Application = () => [42]

const application: Application = (environ, startResponse) => {
  expectTypeOf(environ.HTTP_X_ANYTHING).toEqualTypeOf<string | undefined>()
  // @ts-expect-error the environ is read-only
  environ.PATH_INFO = '/'
  // @ts-expect-error headers are pairs of strings
  startResponse('200 OK', [['Content-Length', 4]])
  withEnviron(environ, { PATH_INFO: '/', 'shop.currency': 'EUR' })
  // @ts-expect-error a known name keeps its type
  withEnviron(environ, { PATH_INFO: 1 })
  return ''
}

void serve(application, { port: 0 })
void serve(application, { socketPath: 'site.sock', mode: 0o660 })
void serve(application, { listener: false })
// @ts-expect-error only `false` means no listener
void serve(application, { listener: true })
