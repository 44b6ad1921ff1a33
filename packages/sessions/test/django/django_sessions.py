"""Real Django over one database and one secret key: answers requests, one line of JSON for another."""
import json
import sys

import django
from django.conf import settings

config = json.loads(sys.stdin.readline())
settings.configure(
    SECRET_KEY=config['secretKey'],
    ALLOWED_HOSTS=['*'],
    ROOT_URLCONF=__name__,
    DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': config['database']}},
    INSTALLED_APPS=['django.contrib.sessions', 'django.contrib.messages'],
    MIDDLEWARE=[
        'django.contrib.sessions.middleware.SessionMiddleware',
        'django.contrib.messages.middleware.MessageMiddleware',
    ],
    SESSION_ENGINE='django.contrib.sessions.backends.' + config['engine'],
    SESSION_SERIALIZER='django.contrib.sessions.serializers.JSONSerializer',
    USE_TZ=True,
)
django.setup()

from django.contrib import messages  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import path  # noqa: E402


def write(request):
    asked = json.loads(request.body)
    request.session.update(asked['entries'])
    if 'expiry' in asked:
        request.session.set_expiry(asked['expiry'])
    return JsonResponse({})


def read(request):
    expiry = request.session.get_expiry_age()
    return JsonResponse({'entries': dict(request.session.items()), 'age': expiry})


def cycle(request):
    request.session.cycle_key()
    return JsonResponse({})


def flush(request):
    request.session.flush()
    return JsonResponse({})


def say(request):
    for level, text, tags in json.loads(request.body):
        messages.add_message(request, level, text, extra_tags=tags)
    return JsonResponse({})


def shown(request):
    found = messages.get_messages(request)
    return JsonResponse({'messages': [[m.level, str(m.message), m.extra_tags] for m in found]})


urlpatterns = [path(view.__name__ + '/', view) for view in (write, read, cycle, flush, say, shown)]

for line in sys.stdin:
    asked = json.loads(line)
    client = Client()
    response = client.post(
        asked['path'], json.dumps(asked.get('body')), content_type='application/json',
        HTTP_COOKIE=asked.get('cookie', ''),
    )
    cookies = [morsel.OutputString() for morsel in response.cookies.values()]
    print(json.dumps({'status': response.status_code, 'json': response.json(), 'cookies': cookies}), flush=True)
