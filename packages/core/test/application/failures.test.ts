import { Http404 } from '@nuages/http'
import { expect, test } from 'vitest'
import { failureMessage } from '../../src/application/failures.ts'

test('what a client wrote stays on the line of its request in the log', () => {
  const error = new Http404("There is no file 'a\n12:00:00 INFO: all is well\x1b[2J\u0085'.")
  expect(failureMessage(error, 404)).toBe(
    "Http404: There is no file 'a\\u000a12:00:00 INFO: all is well\\u001b[2J\\u0085'.",
  )
  expect(failureMessage(undefined, 403)).toBe('The response has the status 403.')
})
