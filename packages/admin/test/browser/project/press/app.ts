import { defineApp } from '@nuages/core'

export const press = defineApp({
  name: 'press',
  dir: import.meta.dirname,
  models: () => import('./models.ts'),
  admin: () => import('./admin.ts'),
})
