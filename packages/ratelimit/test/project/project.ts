import { createApplication, defineSettings, resetSetup, type Settings } from '@nuages/core'
import { type HttpRequest, HttpResponse } from '@nuages/http'
import { Client, type ClientOptions } from '@nuages/testing'
import { path, type UrlEntry } from 'nuages/urls'
import { rateLimit, ratelimit } from '../../src/index.ts'

const answer = (request: HttpRequest) => new HttpResponse(`answer to ${request.method}`)
const shared = rateLimit({ rate: '2/h', scope: 'shared' })

export const urlpatterns: readonly UrlEntry[] = [
  path('open/', answer),
  path('client/', rateLimit({ rate: '2/h' })(answer)),
  path('client/<int:id>/', rateLimit({ rate: '2/h' })(answer)),
  path('one/', shared(answer)),
  path('other/', shared(answer)),
  path('posts/', rateLimit({ rate: '1/h', methods: ['post'] })(answer)),
  path('user/', rateLimit({ rate: '2/h', by: 'user' })(answer)),
  path('keyed/', rateLimit({ rate: '1/h', by: async ({ query }) => query.get('key') })(answer)),
  path('inner/', rateLimit({ rate: '5/h', scope: 'out"er\né' })(rateLimit({ rate: '1/h', scope: 'inner' })(answer))),
  path(
    'fails/',
    rateLimit({ rate: '1/h' })(() => {
      throw new Error('the view')
    }),
  ),
]

type Input = Parameters<typeof defineSettings>[0] & { readonly ratelimit?: object }

/** Sets up a project with these settings, and gives what makes its clients. */
export async function projectWith(changes: Partial<Input> = {}): Promise<(options?: ClientOptions) => Client> {
  await resetSetup()
  const settings = defineSettings({
    baseDir: import.meta.dirname,
    secretKey: 'only-for-tests-0123456789-abcdefgh',
    allowedHosts: ['localhost'],
    installedApps: [ratelimit],
    urlconf: async () => ({ urlpatterns }),
    logging: { level: 'silent' },
    ...changes,
  })
  const application = await createApplication(settings as unknown as Settings)
  return (options) => new Client(application, { raiseRequestException: false, ...options })
}
