import type { OrmContender } from './library.ts'

type Connect = (target: string) => OrmContender | Promise<OrmContender>

/** How each contender's process gets it; `raw` is what the others are measured by. */
export const contenders: Readonly<Record<'sqlite' | 'postgresql', Readonly<Record<string, () => Promise<Connect>>>>> = {
  sqlite: {
    raw: async () => (await import('./contenders/raw-sqlite.ts')).connect,
    nuages: async () => (await import('./contenders/nuages.ts')).connect,
    drizzle: async () => (await import('./contenders/drizzle-sqlite.ts')).connect,
    'drizzle, prepared': async () => (await import('./contenders/drizzle-sqlite.ts')).connectPrepared,
    kysely: async () => (await import('./contenders/kysely-sqlite.ts')).connect,
    typeorm: async () => (await import('./contenders/typeorm.ts')).connect,
    'mikro-orm': async () => (await import('./contenders/mikro-orm.ts')).connect,
  },
  postgresql: {
    raw: async () => (await import('./contenders/raw-postgres.ts')).connect,
    nuages: async () => (await import('./contenders/nuages.ts')).connect,
    drizzle: async () => (await import('./contenders/drizzle-postgres.ts')).connect,
    'drizzle, prepared': async () => (await import('./contenders/drizzle-postgres.ts')).connectPrepared,
    kysely: async () => (await import('./contenders/kysely-postgres.ts')).connect,
  },
}
