import { defineApp } from '@nuages/core'

export const diary = defineApp({ name: 'diary', dir: import.meta.dirname, models: () => import('./models.ts') })
