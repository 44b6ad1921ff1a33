"""Names of one side as the other writes them."""
import re


def snake(name):
    return re.sub(r"([a-z\d])([A-Z])", r"\1_\2", name).lower()


def camel(name):
    return re.sub(r"(?<=[a-zA-Z\d])_([a-z\d])", lambda found: found[1].upper(), name)
