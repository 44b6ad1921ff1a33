"""Django 3.2 as it is where it is not at fault; known-differences.ts says why."""
from django.core import exceptions
from django.db import models
from django.db.models import functions
from django.db.models.expressions import BaseExpression
from django.db.models.sql.query import Query

# What Django mended after 3.2, and known-differences.ts lists: `__iso_year` compared the calendar's years until 4.0, `~~q` was
# a negation inside another until 4.2, and of numbers of two kinds, or of a date and a duration, it had to be told what they give.
functions.ExtractIsoYear.class_lookups.clear()


wider = [models.DateTimeField, models.DateField, models.DecimalField, models.FloatField, models.IntegerField]
resolve_output_field = BaseExpression._resolve_output_field


def output_field(self):
    try:
        return resolve_output_field(self)
    except exceptions.FieldError:
        found = [field for field in self.get_source_fields() if field is not None]
        return next((field for cls in wider for field in found if isinstance(field, cls)), found[0])


BaseExpression._resolve_output_field = output_field


class Mended:
    """Django without two faults of its own that random queries meet: see known-differences.ts."""

    methods = {name: getattr(Query, name) for name in ("is_nullable", "split_exclude", "trim_start")}
    asking = []

    def is_nullable(self, field):
        """Under a negation every column is tested for NULL, since a join may become an outer one later."""
        return True

    def split_exclude(self, filter_expr, can_reuse, names_with_path):
        Mended.asking.append((self, can_reuse))
        try:
            return Mended.methods["split_exclude"](self, filter_expr, can_reuse, names_with_path)
        finally:
            Mended.asking.pop()

    def trim_start(self, names_with_path):
        """The row that is asked about is tied to one joined outside where that is the same join, not the same alias."""
        joins = dict(self.alias_map)
        trimmed = Mended.methods["trim_start"](self, names_with_path)
        outer, can_reuse = Mended.asking[-1]
        same = Mended.same_join(outer, can_reuse, joins, self.select[0].alias)
        self.bump_prefix(outer)
        if same:
            # All of them, since the tables stand in the order in which they were named.
            selected = self.select[0].alias
            self.change_aliases({key: same if key == selected else f"W{key}" for key in self.alias_map})
            self.alias_prefix = outer.alias_prefix
        return trimmed

    @staticmethod
    def same_join(outer, can_reuse, joins, alias):
        steps = []
        while joins[alias].parent_alias:
            steps.insert(0, joins[alias].join_field)
            alias = joins[alias].parent_alias
        found = [outer.base_table] if steps else []
        for field in steps:
            found = [
                key
                for key, join in outer.alias_map.items()
                if join.parent_alias in found and join.join_field == field and outer.alias_refcount[key]
            ]
        return next((key for key in reversed(found) if key in can_reuse), None)

    @classmethod
    def apply(cls, mended):
        for name, own in cls.methods.items():
            setattr(Query, name, getattr(cls, name) if mended else own)
