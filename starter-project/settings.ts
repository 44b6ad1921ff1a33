import { defineSettings, env } from 'nuages'
import { staticfiles } from 'nuages/staticfiles'
import { blog } from './blog/app.ts'

export default defineSettings({
  baseDir: import.meta.dirname,
  debug: env.boolean('DEBUG', true),
  secretKey: env.string('SECRET_KEY', ''), // may be empty only while debug is on
  allowedHosts: env.list('ALLOWED_HOSTS'),

  installedApps: [
    staticfiles, // serves static/ of the project and of every app
    blog, // the demo
  ],
  urlconf: () => import('./urls.ts'),
  databases: { default: env.string('DATABASE_URL', 'sqlite:db.sqlite3') },

  templates: { dirs: ['templates'] },
  staticUrl: '/static/',
  staticDirs: ['static'],

  timeZone: 'UTC',
})
