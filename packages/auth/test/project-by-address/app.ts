import { defineApp } from '@nuages/core'

export const people = defineApp({ name: 'people', dir: import.meta.dirname, models: () => import('./models.ts') })
