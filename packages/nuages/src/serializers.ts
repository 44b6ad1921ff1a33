export * from '@nuages/orm/serializers'
