import { beforeAll, describe, inject } from 'vitest'
import { query } from '../../../orm/test/postgres-server.ts'
import { withoutDjango } from '../django/real-django.ts'
import { djangoSiteOn } from '../django/site-behaviour.ts'

// Who provides it is the set-up of the ORM's tests, which drops what begins with the prefix.
const server = inject('postgres')

describe.skipIf('absent' in server || withoutDjango)('real Django on PostgreSQL', { timeout: 240_000 }, () => {
  const { url, prefix } = 'absent' in server ? { url: 'postgres://none', prefix: '' } : server
  const name = `${prefix}django_site_${process.pid}`

  beforeAll(() => query(url, `CREATE DATABASE "${name}"`))
  djangoSiteOn(() => Object.assign(new URL(url), { pathname: name }).href)
})
