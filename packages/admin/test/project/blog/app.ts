import { defineApp } from '@nuages/core'

export const blog = defineApp({
  name: 'blog',
  dir: import.meta.dirname,
  models: () => import('./models.ts'),
  admin: () => import('./admin.ts'),
})
