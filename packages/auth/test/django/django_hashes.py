"""Makes and checks password hashes with Django's own hashers.

Reads {"make": [[password, hasher]], "check": [[password, hash]]} and writes the hashes, and for each check what
Django says, and whether it would make the hash anew.
"""
import json
import sys

from django.conf import settings

HASHERS = 'Argon2 PBKDF2 PBKDF2SHA1 BCryptSHA256 BCrypt'.split()
settings.configure(PASSWORD_HASHERS=[f'django.contrib.auth.hashers.{name}PasswordHasher' for name in HASHERS])

from django.contrib.auth.hashers import check_password, make_password  # noqa: E402

asked = json.load(sys.stdin)
json.dump(
    {
        'made': [make_password(password, hasher=hasher) for password, hasher in asked['make']],
        'checked': [check_password(password, encoded) for password, encoded in asked['check']],
    },
    sys.stdout,
)
