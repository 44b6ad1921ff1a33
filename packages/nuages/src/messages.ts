export * from '@nuages/messages'
