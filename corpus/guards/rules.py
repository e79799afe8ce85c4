"""What may still change in rows that stand, as SQL that is true of what is refused."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models


@dataclass(frozen=True)
class Guard:
    """What may still change in the rows of a model; nothing in it may ever be deleted.

    `words` change in one way only: by redaction, in the update that sets `redacted_by`. There
    each stays as it is or goes whole, and one at least goes. `once` are empty until they are
    set, then never again. `free` may change at will.

    `leaves` are JSON texts (editions) of which single words go: their digests stand in their
    place (curation.sealing). They cannot be emptied, and that nothing else in them changed the
    database cannot see; the hash of the row, which stands, tells it.
    """

    model: str  # "app.Model"
    words: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    free: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        return _model(self.model)._meta.db_table

    @property
    def needs(self) -> set[str]:
        """The tables without which it cannot be put up."""
        return {self.table}

    @property
    def name(self) -> str:
        return f"{self.table}_stands"

    def message(self, act: str) -> str:
        return f"{self.model}: a row here is never {act}."

    def broken(self, differs: str) -> str:
        """True of an update that is refused. `differs` is the operator that also compares NULL."""

        def changed(field: str) -> str:
            return f'(OLD."{self._columns[field]}" {differs} NEW."{self._columns[field]}")'

        loose = {*self.words, *self.leaves, *self.once, *self.free, "redacted_by"}
        tests = [changed(field) for field in self._columns if field not in loose]
        tests += [f"({changed(field)} AND NOT {self._empty('OLD', field)})" for field in self.once]
        if self.words:
            kept = [f"({self._empty('NEW', each)} OR NOT {changed(each)})" for each in self.words]
            kept += [f"({self._redacted(each)} OR NOT {changed(each)})" for each in self.leaves]
            some = " OR ".join(map(changed, (*self.words, *self.leaves)))
            # By one decision after another: a text may name many who ask to be left out.
            by = f'{changed("redacted_by")} AND NEW."redacted_by" IS NOT NULL'
            redacts = f"(({some}) AND {by} AND {' AND '.join(kept)})"
            tests.append(f"(({some} OR {changed('redacted_by')}) AND NOT {redacts})")
        return " OR ".join(tests)

    @property
    def _columns(self) -> dict[str, str]:
        return {field.name: field.column for field in _model(self.model)._meta.concrete_fields}

    def _empty(self, row: str, name: str) -> str:
        field = _model(self.model)._meta.get_field(name)
        column = f'{row}."{self._columns[name]}"'
        tests = [f"{column} IS NULL"] if field.null else []
        if isinstance(field, models.JSONField):
            tests.append(f"{column} IN ('[]', '{{}}')")
        elif isinstance(field, models.BinaryField):
            tests.append(f"length({column}) = 0")
        elif isinstance(field, models.CharField | models.TextField):
            tests.append(f"{column} = ''")
        return f"({' OR '.join(tests)})"

    def _redacted(self, name: str) -> str:
        return f"""(NEW."{self._columns[name]}" LIKE '%{{"redacted":"%')"""


@dataclass(frozen=True)
class Reference:
    """A column that names a row of an app above, to which its own app can have no key.

    SQLite refuses to rebuild `to` while it is up: a migration that alters that table there
    begins with `guards.step_aside`.
    """

    model: str
    field: str
    to: str

    @property
    def table(self) -> str:
        return _model(self.model)._meta.db_table

    @property
    def target(self) -> str:
        return _model(self.to)._meta.db_table

    @property
    def needs(self) -> set[str]:
        return {self.table, self.target}

    @property
    def name(self) -> str:
        return f"{self.table}_{self.field}"

    @property
    def message(self) -> str:
        return f"{self.model}: {self.field} names a {_model(self.to)._meta.verbose_name}."

    @property
    def missing(self) -> str:
        """True of a row that names what is not there."""
        found = f'EXISTS (SELECT 1 FROM "{self.target}" WHERE "id" = NEW."{self.field}")'
        return f'NEW."{self.field}" IS NOT NULL AND NOT {found}'


Rule = Guard | Reference


def _model(label: str) -> Any:
    return apps.get_model(label)
