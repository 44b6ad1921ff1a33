import { char, Model } from '@nuages/orm'

export class Book extends Model({ title: char({ maxLength: 100 }) }) {}
