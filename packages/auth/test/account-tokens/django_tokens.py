"""Real Django's token generator, on users that are given as JSON lines: makes a token for each, or checks the one that comes with it."""
import json
import sys
from datetime import datetime, timezone

import django
from django.conf import settings

secret_key, time_zone = sys.argv[1:]
settings.configure(
    USE_TZ=True,
    TIME_ZONE=time_zone,
    SECRET_KEY=secret_key,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.contrib.auth.tokens import default_token_generator  # noqa: E402
from django.utils.encoding import force_bytes  # noqa: E402
from django.utils.http import urlsafe_base64_encode  # noqa: E402

for line in sys.stdin:
    given = json.loads(line)
    token = given.pop("token", None)
    last_login = given.pop("last_login")
    if last_login is not None:
        last_login = datetime.strptime(last_login, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    user = User(last_login=last_login, **given)
    print(json.dumps({
        "token": default_token_generator.make_token(user),
        "uid": urlsafe_base64_encode(force_bytes(user.pk)),
        "accepted": default_token_generator.check_token(user, token),
    }))
