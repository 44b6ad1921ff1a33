import { defineSettings, env } from 'nuages'
import { admin } from 'nuages/admin'
import { auth } from 'nuages/auth'
import { cache } from 'nuages/cache'
import { contenttypes } from 'nuages/contenttypes'
import { mail } from 'nuages/mail'
import { messages } from 'nuages/messages'
import { ratelimit } from 'nuages/ratelimit'
import { sessions } from 'nuages/sessions'
import { staticfiles } from 'nuages/staticfiles'
import { tokens } from 'nuages/tokens'
import { twofactor } from 'nuages/twofactor'
import { usersessions } from 'nuages/usersessions'
import { accounts } from './accounts/app.ts'
import { blog } from './blog/app.ts'
import { DemoBackend } from './blog/demo/demo-account.ts'

const https = env.boolean('HTTPS', false)
const mailFrom = env.string('MAIL_FROM') || 'webmaster@localhost'

export default defineSettings({
  baseDir: import.meta.dirname,
  debug: env.boolean('DEBUG', true),
  secretKey: env.string('SECRET_KEY', ''), // may be empty only while debug is on
  allowedHosts: env.list('ALLOWED_HOSTS'),

  installedApps: [
    blog, // the demo; its templates come before those of the apps below
    staticfiles, // serves static/ of the project and of every app, and uploads while debug is on
    accounts, // the people of this site, who log in with their addresses
    cache, // cache.get and set, cached pages and parts of pages
    ratelimit, // how often somebody may do something
    mail, // mail; while debug is on it is printed in place of being sent
    contenttypes, // the models as rows, for permissions and the admin's history
    sessions, // request.session
    auth, // groups and permissions, logging in and out; request.user
    messages, // what is told to a user once
    usersessions, // where a user is logged in, and ending it
    twofactor, // one-time passwords beside the password
    tokens, // for programs that act for a user
    admin, // the admin site
  ],
  authUserModel: 'accounts.User',
  urlconf: () => import('./urls.ts'),
  databases: { default: env.string('DATABASE_URL', 'sqlite:db.sqlite3') },
  caches: { default: env.string('CACHE_URL', 'memory:') }, // several processes need one they share, such as redis://…

  templates: { dirs: ['templates'] },
  staticUrl: '/static/',
  staticDirs: ['static'],
  staticRoot: env.string('STATIC_ROOT', 'collected-static'), // where collectstatic puts them for production

  mediaUrl: '/media/',
  mediaRoot: env.string('MEDIA_ROOT', 'media'), // where uploads are kept

  languages: { en: 'English', ko: '한국어' },
  localeDirs: ['locale'],
  timeZone: 'UTC',

  // Everything that visitors are protected by is on; docs/security says what, and how to loosen it.
  secureSslRedirect: https,
  // Begins with an hour, since browsers hold a site to it: HSTS_SECONDS=31536000 once all of it, subdomains too, is on HTTPS.
  secureHstsSeconds: https ? env.number('HSTS_SECONDS', 3600) : 0,
  secureHstsIncludeSubdomains: https,
  trustedProxies: env.list('TRUSTED_PROXIES'), // whose word on a visitor's address and scheme is taken
  ratelimit: { client: env.string('RATE_LIMIT', '1200/m') }, // requests of one visitor

  auth: {
    backends: [new DemoBackend()], // the blog's demo account gets in only while debug is on
    signup: { open: env.boolean('SIGNUP_OPEN', true) },
  },
  mail: {
    url: env.string('MAIL_URL') || undefined, // smtp://user:password@host:587
    defaultFromEmail: mailFrom,
    serverEmail: mailFrom,
  },
})
