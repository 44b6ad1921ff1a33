/** Nuages as scaffolded: every default middleware on, models, the template engine, debug off. */
import { createApplication, defineSettings } from 'nuages'
import { serve } from 'nuages/gateway'
import { bench } from './nuages-app.ts'

const settings = defineSettings({
  baseDir: import.meta.dirname,
  debug: false,
  secretKey: 'only-for-the-benchmark-0123456789-abcdefghijklmnopqrstuvwxyz',
  allowedHosts: ['127.0.0.1'],
  installedApps: [bench],
  urlconf: () => import('./nuages-urls.ts'),
  databases: { default: `sqlite:${process.argv[2]}` },
  templates: { dirs: ['templates'] },
})
const server = await serve(await createApplication(settings), { host: '127.0.0.1', port: 0 })
console.log(new URL(server.url).port)
