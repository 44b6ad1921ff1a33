export * from '@nuages/http'
