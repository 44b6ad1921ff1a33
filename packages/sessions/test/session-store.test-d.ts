import { expectTypeOf } from 'vitest'
import { SessionStore } from '../src/index.ts'

declare module '../src/session-data.ts' {
  interface SessionData {
    typed: { readonly id: number }
  }
}

const session = new SessionStore()

// a declared key has its type, another is whatever was kept
expectTypeOf(session.get('typed')).toEqualTypeOf<Promise<{ readonly id: number } | undefined>>()
expectTypeOf(session.pop('typed')).toEqualTypeOf<Promise<{ readonly id: number } | undefined>>()
expectTypeOf(session.get('another')).toEqualTypeOf<Promise<unknown>>()
await session.set('typed', { id: 1 })
await session.set('another', ['x'])
// @ts-expect-error a declared key takes its type alone
await session.set('typed', { id: '1' })
