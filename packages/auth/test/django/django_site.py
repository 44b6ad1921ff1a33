"""A site of real Django on a database: its migrate, its users, groups, permissions and sessions.

Its argument is the database as JSON. Reads {"do": "build"} or {"do": "ask", ...} and writes what Django says.
"""
import json
import sys

import django
from django.conf import settings

HASHERS = 'Argon2 PBKDF2 PBKDF2SHA1 BCryptSHA256 BCrypt'.split()
settings.configure(
    SECRET_KEY='shared-by-both-0123456789-abcdefgh',
    USE_TZ=True,
    ALLOWED_HOSTS=['*'],
    INSTALLED_APPS=['django.contrib.contenttypes', 'django.contrib.auth', 'django.contrib.sessions'],
    DEFAULT_AUTO_FIELD='django.db.models.AutoField',
    DATABASES={'default': json.loads(sys.argv[1])},
    PASSWORD_HASHERS=[f'django.contrib.auth.hashers.{name}PasswordHasher' for name in HASHERS],
)
django.setup()

from django.contrib.auth import authenticate, get_user  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.contrib.auth.models import Group, Permission, User  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpRequest  # noqa: E402
from django.test import Client  # noqa: E402
from io import StringIO  # noqa: E402

PASSWORD = 'correct horse \u2014 \uc554\ud638'


def permissions():
    """What each user may do: the whole list, and the answers to every single question."""
    every = sorted(f'{p.content_type.app_label}.{p.codename}' for p in Permission.objects.select_related('content_type'))
    return {
        user.username: {
            'all': sorted(user.get_all_permissions()),
            'has': [name for name in every if user.has_perm(name)],
            'user': sorted(user.get_user_permissions()),
            'group': sorted(user.get_group_permissions()),
            'modules': [app for app in ('auth', 'contenttypes', 'sessions', 'nothing') if user.has_module_perms(app)],
        }
        for user in User.objects.all()
    }


def user_of(key):
    request = HttpRequest()
    request.session = SessionStore(key)
    user = get_user(request)
    return user.username if user.is_authenticated else None


def build():
    call_command('migrate', verbosity=0)
    for algorithm in ('argon2', 'pbkdf2_sha256', 'pbkdf2_sha1', 'bcrypt_sha256', 'bcrypt'):
        User.objects.create(username=algorithm, password=make_password(PASSWORD, hasher=algorithm))
    User.objects.create(username='unusable', password=make_password(None))
    User.objects.create_user('inactive', password=PASSWORD, is_active=False)
    User.objects.create_superuser('superuser', 'root@example.com', PASSWORD)
    User.objects.create_superuser('inactive superuser', password=PASSWORD, is_active=False)
    editors = Group.objects.create(name='Editors & co')
    editors.permissions.add(*Permission.objects.filter(codename__in=['change_user', 'view_group', 'delete_session']))
    empty = Group.objects.create(name='empty')
    for username in ('argon2', 'bcrypt', 'inactive'):
        User.objects.get(username=username).groups.add(editors, empty)
    for username in ('argon2', 'pbkdf2_sha256', 'inactive'):
        User.objects.get(username=username).user_permissions.add(
            *Permission.objects.filter(codename__in=['add_permission', 'view_group'])
        )
    sessions = {}
    for username in ('argon2', 'pbkdf2_sha256', 'superuser'):
        client = Client()
        # By the password it would make the hash anew.
        client.force_login(User.objects.get(username=username))
        session = client.session
        session['cart'] = [1, 2.5, None, {'\uc774\ub984': 'x' * 5000}]
        session.save()
        sessions[username] = session.session_key
    return {'sessions': sessions, 'permissions': permissions()}


def ask():
    return {
        'users': {key: user_of(key) for key in asked['sessions']},
        'data': {key: dict(SessionStore(key).items()) for key in asked['sessions']},
        'passwords': {
            name: authenticate(username=name, password=PASSWORD) is not None for name in asked['usernames']
        },
        'hashes': dict(User.objects.values_list('username', 'password')),
        'permissions': permissions(),
        'migrate': migrate(),
    }


def migrate():
    out = StringIO()
    call_command('migrate', stdout=out, no_color=True)
    return out.getvalue()


asked = json.load(sys.stdin)
json.dump(build() if asked['do'] == 'build' else ask(), sys.stdout)
