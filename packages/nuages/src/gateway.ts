export * from '@nuages/gateway'
