/** Nuages as scaffolded: every default middleware and those of all apps but the admin, models, the template engine, debug off. */
import { createApplication, defineSettings } from 'nuages'
import { auth } from 'nuages/auth'
import { cache } from 'nuages/cache'
import { contenttypes } from 'nuages/contenttypes'
import { serve } from 'nuages/gateway'
import { mail } from 'nuages/mail'
import { messages } from 'nuages/messages'
import { ratelimit } from 'nuages/ratelimit'
import { sessions } from 'nuages/sessions'
import { staticfiles } from 'nuages/staticfiles'
import { tokens } from 'nuages/tokens'
import { twofactor } from 'nuages/twofactor'
import { usersessions } from 'nuages/usersessions'
import { bench } from './nuages-app.ts'

const settings = defineSettings({
  baseDir: import.meta.dirname,
  debug: false,
  secretKey: 'only-for-the-benchmark-0123456789-abcdefghijklmnopqrstuvwxyz',
  allowedHosts: ['127.0.0.1'],
  installedApps: [
    bench,
    staticfiles,
    cache,
    ratelimit,
    mail,
    contenttypes,
    sessions,
    auth,
    messages,
    usersessions,
    twofactor,
    tokens,
  ],
  urlconf: () => import('./nuages-urls.ts'),
  databases: { default: `sqlite:${process.argv[2]}` },
  templates: { dirs: ['templates'] },
})
const server = await serve(await createApplication(settings), { host: '127.0.0.1', port: 0 })
console.log(new URL(server.url).port)
