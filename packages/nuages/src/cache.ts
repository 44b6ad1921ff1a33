export * from '@nuages/cache'
