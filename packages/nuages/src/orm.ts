export * from '@nuages/orm'
