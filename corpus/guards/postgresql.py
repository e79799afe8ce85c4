"""The triggers as PostgreSQL has them."""

from corpus.guards.rules import Guard, Reference, Rule

STANDING = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"

_REFUSAL = "RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';"


def putting_up(rule: Rule) -> list[str]:
    return _guard(rule) if isinstance(rule, Guard) else _reference(rule)


def taking_down(rule: Rule) -> list[str]:
    acts = ("insert", "update", "delete", "truncate")
    return [f'DROP TRIGGER IF EXISTS "{rule.name}_{act}" ON "{rule.table}"' for act in acts]


def _guard(guard: Guard) -> list[str]:
    refuse, each = "concordat_refuse", "FOR EACH ROW"
    changed, deleted = guard.message("changed"), guard.message("deleted")
    unless = f"{each} WHEN ({guard.broken('IS DISTINCT FROM')})"
    return [
        _function(refuse, _REFUSAL),
        _trigger(guard, "update", "UPDATE", unless, refuse, changed),
        _trigger(guard, "delete", "DELETE", each, refuse, deleted),
        _trigger(guard, "truncate", "TRUNCATE", "FOR EACH STATEMENT", refuse, deleted),
    ]


def _reference(reference: Reference) -> list[str]:
    # WHEN allows no subquery here.
    check = f"concordat_{reference.field}_of_{reference.table}"
    body = f"IF {reference.missing} THEN {_REFUSAL} END IF; RETURN NEW;"
    update = f'UPDATE OF "{reference.field}"'
    return [
        _function(check, body),
        _trigger(reference, "insert", "INSERT", "FOR EACH ROW", check, reference.message),
        _trigger(reference, "update", update, "FOR EACH ROW", check, reference.message),
    ]


def _function(name: str, body: str) -> str:
    return (
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql '
        f"AS $$ BEGIN {body} END $$"
    )


def _trigger(rule: Rule, act: str, event: str, when: str, function: str, message: str) -> str:
    return (
        f'CREATE TRIGGER "{rule.name}_{act}" BEFORE {event} ON "{rule.table}" {when} '
        f"EXECUTE FUNCTION \"{function}\"('{message}')"
    )
