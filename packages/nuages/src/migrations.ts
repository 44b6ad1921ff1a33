export * from '@nuages/orm/migrations'
