import { BaseSignUpForm } from '../../src/index.ts'
import { Person } from './models.ts'

export class JoinForm extends BaseSignUpForm(Person, { fields: ['email', 'firstName', 'phone'] }) {}
