export * from '@nuages/sessions'
