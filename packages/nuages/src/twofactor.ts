export * from '@nuages/twofactor'
