import { expectTypeOf } from 'vitest'
import { atomic, configureDatabases, type DatabaseRouter } from '../../src/index.ts'
import { Tag } from '../library/book.ts'

// A model is compared as it is, and known by its names.
const router: DatabaseRouter = {
  dbForRead: (model) => (model === Tag || model.meta.appLabel === 'stats' ? 'other' : undefined),
  allowRelation: (one, other) => (one instanceof Tag && other instanceof Tag ? true : undefined),
  allowMigrate(alias, app, { model }) {
    expectTypeOf(model).toEqualTypeOf<string | undefined>()
    return alias === app
  },
}
configureDatabases({ default: 'sqlite:a' }, { routers: [router] })

// @ts-expect-error: a router answers an alias
const wrong: DatabaseRouter = { dbForRead: () => true }
void wrong

// @ts-expect-error: there is no such level
atomic(async () => {}, { isolationLevel: 'snapshot' })
expectTypeOf(atomic(async () => 1, { retries: 3, readOnly: true })).toEqualTypeOf<Promise<number>>()
