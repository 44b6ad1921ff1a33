export * from '@nuages/auth'
