import { afterAnswers, gotRequestException, templateRendered } from '@nuages/core'
import { ContextVariable } from '@nuages/foundation'
import type { Application, Body, Environ, HeaderList } from '@nuages/gateway'
import { TestClientError } from '../errors.ts'
import type { RenderedTemplate } from './test-response.ts'

/** What an application did with one environ. */
export interface Exchange {
  readonly statusLine: string
  readonly headers: HeaderList
  readonly body: Uint8Array
  readonly templates: readonly RenderedTemplate[]
  readonly error: unknown
}

interface Observed {
  readonly templates: RenderedTemplate[]
  error: unknown
}

const observed = new ContextVariable<Observed>({ name: 'testing.exchange' })

// Connected once, for all clients: each sees what happens in the flow of its own request.
templateRendered.connect(({ names, context }) => {
  observed.get()?.templates.push({ names, context })
})
gotRequestException.connect(({ error }) => {
  const current = observed.get()
  if (current) current.error = error
})

/** Calls the application as a server does, and reads its answer to the end. */
export async function exchange(application: Application, environ: Environ): Promise<Exchange> {
  const seen: Observed = { templates: [], error: undefined }
  return observed.run(seen, async () => {
    let started: { readonly statusLine: string; readonly headers: HeaderList } | undefined
    const body = await application(environ, (statusLine, headers) => {
      started = { statusLine, headers }
    })
    const bytes = await readBody(body)
    // What a view left for later has been done when a test looks: a mail is in the outbox.
    await afterAnswers()
    if (started === undefined) throw new TestClientError('The application answered without calling startResponse.')
    return { ...started, body: environ.REQUEST_METHOD === 'HEAD' ? new Uint8Array() : bytes, ...seen }
  })
}

async function readBody(body: Body): Promise<Uint8Array> {
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof Uint8Array) return body
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
  return Buffer.concat(chunks)
}
