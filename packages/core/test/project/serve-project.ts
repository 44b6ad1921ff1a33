import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { type Application, serve } from '@nuages/gateway'
import { createApplication, resetSetup, type SettingsInput } from '../../src/index.ts'
import { projectSettings } from './settings.ts'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

export interface AskOptions {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface ServedProject extends AsyncDisposable {
  ask(path: string, options?: AskOptions): Promise<Answer>
}

/** The test project behind a real server, with `wrap` between the two. */
export async function serveProject(
  changes: Partial<SettingsInput> = {},
  wrap: (application: Application) => Application = (application) => application,
): Promise<ServedProject> {
  await resetSetup()
  const application = await createApplication(projectSettings(changes))
  const server = await serve(wrap(application), { host: '127.0.0.1', port: 0 })
  const port = Number(new URL(server.url).port)
  return {
    ask: (path, options) => ask(port, path, options),
    async [Symbol.asyncDispose]() {
      await server.close()
      await resetSetup()
    },
  }
}

function ask(port: number, path: string, { method = 'GET', headers = {}, body }: AskOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // No agent: a connection that is kept would hold up the server's closing.
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}
