import { z } from 'zod'
import { defineApp } from '../../../src/index.ts'

export const readyCalls: string[] = []

export const notes = defineApp({
  name: 'notes',
  dir: import.meta.dirname,
  settings: z.strictObject({ pageSize: z.number().default(10) }),
  commands: () => import('./commands.ts'),
  contextProcessors: [(request) => ({ visitor: request.headers.get('X-Visitor') ?? 'somebody' })],
  checks: [() => [{ level: 'warning', id: 'notes.W001', message: 'There are no notes.' }]],
  ready: ({ apps }) => {
    readyCalls.push(...apps.all().map((app) => app.name))
  },
})
