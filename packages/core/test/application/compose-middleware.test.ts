import { HttpRequest, HttpResponse } from '@nuages/http'
import { beforeEach, expect, test } from 'vitest'
import { makeEnviron } from '../../../http/test/environ.ts'
import { composeMiddleware, type ErrorResponder } from '../../src/application/compose-middleware.ts'
import type { Middleware, Next } from '../../src/middleware/middleware.ts'
import { type MiddlewareSteps, middlewareOf } from '../../src/middleware/middleware-steps.ts'

const seen: string[] = []
beforeEach(() => {
  seen.length = 0
})

const respond: ErrorResponder = (_request, error) => new HttpResponse((error as Error).message, { status: 500 })

/** A middleware in halves that writes down what passes. */
function layer(name: string, steps: Partial<MiddlewareSteps> = {}): Middleware {
  return middlewareOf(name, {
    before(request) {
      seen.push(`${name} in`)
      return steps.before?.(request)
    },
    after(request, response) {
      seen.push(`${name} out ${response.status}`)
      return steps.after === undefined ? response : steps.after(request, response)
    },
  })
}

const ask = (middleware: readonly Middleware[], view: () => unknown = () => new HttpResponse('view')) =>
  composeMiddleware(middleware, { call: view, culprit: () => 'The view' }, respond)(new HttpRequest(makeEnviron()))

test('halves in a row go in and out as layers do, at once where the view answers at once', async () => {
  const whole: Middleware = (request, next) => {
    seen.push('whole')
    return next(request)
  }
  const middleware = [layer('a'), layer('b'), whole, layer('c')]
  const order = ['a in', 'b in', 'whole', 'c in', 'c out 200', 'b out 200', 'a out 200']
  expect(ask(middleware)).toBeInstanceOf(HttpResponse)
  expect(seen).toEqual(order)
  seen.length = 0
  expect(await ask(middleware, async () => new HttpResponse('late'))).toBeInstanceOf(HttpResponse)
  expect(seen).toEqual(order)
})

test('a half that answers or fails is seen by those further out alone', async () => {
  const closed = layer('b', { before: () => new HttpResponse('closed', { status: 503 }) })
  expect(ask([layer('a'), closed, layer('c')])).toMatchObject({ status: 503 })
  expect(seen).toEqual(['a in', 'b in', 'a out 503'])
  seen.length = 0
  const failing = layer('b', {
    before() {
      throw new Error('on the way in')
    },
  })
  expect(ask([layer('a'), failing, layer('c')])).toMatchObject({ status: 500, content: 'on the way in' })
  expect(seen).toEqual(['a in', 'b in', 'a out 500'])
})

test('what fails on the way out, at once or later, is a response to those further out', async () => {
  const failures: MiddlewareSteps['after'][] = [
    () => {
      throw new Error('no')
    },
    async () => {
      throw new Error('no')
    },
  ]
  for (const after of failures) {
    seen.length = 0
    expect(await ask([layer('a'), layer('b', { after }), layer('c')])).toMatchObject({ status: 500, content: 'no' })
    expect(seen).toEqual(['a in', 'b in', 'c in', 'c out 200', 'b out 200', 'a out 500'])
  }
  const nothing = layer('b', { after: (() => undefined) as unknown as MiddlewareSteps['after'] })
  expect(ask([nothing])).toMatchObject({ content: 'The middleware b returned undefined in place of an HttpResponse.' })
})

test('a promise that a layer hands on as it came is not wrapped again', async () => {
  let inner: ReturnType<Next> | undefined
  const innermost: Middleware = (request, next) => {
    inner = next(request)
    return inner
  }
  const outer: Middleware = (request, next) => next(request)
  const answer = ask([outer, innermost], async () => new HttpResponse('late'))
  expect(answer).toBe(inner)
  expect(await answer).toMatchObject({ content: 'late' })
})

test('a layer that returns nothing is told of, whatever came before', () => {
  let returns = true
  const forgetful = ((request, next) => (returns ? next(request) : undefined)) as Middleware
  const composed = composeMiddleware([forgetful], { call: () => new HttpResponse('view'), culprit: String }, respond)
  expect(composed(new HttpRequest(makeEnviron()))).toMatchObject({ status: 200 })
  returns = false
  expect(composed(new HttpRequest(makeEnviron()))).toMatchObject({ status: 500 })
})
