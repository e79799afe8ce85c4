"""What the rule of standing is told of each claim, put together from whole tables.

Plain and slow in kind, and none of the desk's own questions: what is gathered wrongly there is
not gathered so here.
"""

from collections import defaultdict
from functools import cache
from operator import itemgetter

from django.db import connection

from corpus.models import (
    Capture,
    CopyEdge,
    Document,
    Entity,
    ImportRun,
    Passage,
    Sighting,
    Source,
)
from curation.models import (
    Anchor,
    Assessment,
    Claim,
    CopyVerdict,
    Evidence,
    Outcome,
    Quote,
    SourceGrade,
)
from curation.standing import ClaimFacts, EvidenceFacts, PassageFacts, Who

IN_FORCE = {"superseded_at": None}


def rows(model, *columns, **where):
    """Of a table, these columns of the rows with such values; asked so often, compiled once."""
    names = ("pk", *columns)
    compiler, sql, given, converters = _compiled(model, names, tuple(where.items()))
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        found = compiler.apply_converters(cursor.fetchall(), converters)
        return [dict(zip(names, row, strict=True)) for row in found]


@cache
def _compiled(model, columns, where):
    query = model._base_manager.filter(**dict(where)).order_by().values_list(*columns).query
    compiler = query.get_compiler(connection=connection)
    sql, given = compiler.as_sql()
    return compiler, sql, given, compiler.get_converters([each for each, *_ in compiler.select])


def table(model, *columns):
    return {row["pk"]: row for row in rows(model, *columns)}


def many(through, one, other):
    found = defaultdict(list)
    for row in rows(through, one, other):
        found[row[one]].append(row[other])
    return found


def grouped(every, column):
    found = defaultdict(list)
    for row in every:
        found[row[column]].append(row)
    return found


class Facts:
    def __init__(self):
        self.entities = table(Entity, "name", "merged_into")
        self.sources = table(Source, "name", "owner")
        self.documents = table(
            Document, "source", "origin_entity", "origin_words", "published", "current_capture"
        )
        self.captures = table(Capture, "document", "redacted_by")
        self.quotes = table(Quote, "capture", "start", "end", "redacted_by")
        current = rows(
            Passage, "capture", "start", "end", "kind", "repeats", "text_sha256", retired_at=None
        )
        self.passages = grouped(sorted(current, key=itemgetter("start")), "capture")
        self.words = {row["pk"]: row["text_sha256"] for row in rows(Passage, "text_sha256")}
        self._said()
        self._seen()
        self._copies()

    def of_all(self) -> dict[int, ClaimFacts]:
        acting = many(Claim.acting.through, "claim", "entity")
        evidence = grouped(self._evidence(), "claim")
        claims = rows(Claim, "told_as", "date_latest", "replaces", "because")
        replaced = grouped(claims, "replaces")
        outcomes = {row["claim"]: row["word"] for row in rows(Outcome, "claim", "word", **IN_FORCE)}
        return {
            each["pk"]: ClaimFacts(
                id=each["pk"],
                told_as=each["told_as"],
                acting=self._everybody(acting[each["pk"]]),
                last_day=each["date_latest"],
                replaced_because=tuple(sorted({row["because"] for row in replaced[each["pk"]]})),
                evidence=tuple(self._told_of(row) for row in evidence[each["pk"]]),
                outcome=Outcome.Word(outcomes[each["pk"]]).label if each["pk"] in outcomes else "",
            )
            for each in claims
        }

    # --- what people said, what was seen ----------------------------------------------------------

    def _evidence(self):
        columns = ("claim", "quote", "stance", "ticked", "origin_entity", "origin_words")
        return sorted(rows(Evidence, *columns, **IN_FORCE), key=itemgetter("pk"))

    def _said(self):
        self.own_record_of = many(Evidence.own_record_of.through, "evidence", "entity")
        grades = rows(SourceGrade, "source", "grade", **IN_FORCE)
        self.grades = {row["source"]: row["grade"] for row in grades}
        columns = ("capture", "passage", "reliability", "credibility", "reasons", "in_bulk")
        labels = rows(Assessment, *columns, **IN_FORCE)
        self.of_capture = {row["capture"]: row for row in labels if row["capture"]}
        self.of_passage = {row["passage"]: row for row in labels if row["passage"]}

    def _seen(self):
        counting = {row["pk"] for row in rows(ImportRun, set_aside_at=None)}
        seen = rows(Sighting, "capture", "import_run")
        self.counting = {row["capture"] for row in seen if row["import_run"] in counting}
        lost = rows(Anchor, "quote", "capture", "decision", state="lost", **IN_FORCE)
        current = {row["current_capture"] for row in self.documents.values()}
        self.lost = {
            row["quote"]: row["decision"] is not None for row in lost if row["capture"] in current
        }

    def _copies(self):
        found = {(row["a"], row["b"]) for row in rows(CopyEdge, "a", "b", gone_at=None)}
        said = {
            (row["a"], row["b"]): row["word"]
            for row in rows(CopyVerdict, "a", "b", "word", **IN_FORCE)
        }
        same = {pair for pair, word in said.items() if word == "same_story"}
        self.apart = {pair for pair, word in said.items() if word == "independent"}
        self.chain = self._chains((found | same) - self.apart)
        self.confirmed_chain = self._chains(same)

    def _chains(self, pairs):
        """Each document that stands in a pair, and the smallest that pairs lead to from it."""
        called = {document: document for pair in pairs for document in pair}
        for _ in called:
            for a, b in pairs:
                called[a] = called[b] = min(called[a], called[b])
        return called

    # --- one piece of evidence --------------------------------------------------------------------

    def _told_of(self, row):
        quote = self.quotes[row["quote"]]
        pk = self.captures[quote["capture"]]["document"]
        document = self.documents[pk]
        source = self.sources.get(document["source"], {"name": "", "owner": None})
        owner = self._who(source["owner"])
        label = self.of_capture.get(quote["capture"], {"credibility": 6, "reasons": []})
        return EvidenceFacts(
            id=row["pk"],
            quote=row["quote"],
            document=pk,
            passages=tuple(self._told_of_passages(quote)),
            chain=self.chain.get(pk),
            confirmed_chain=self.confirmed_chain.get(pk),
            independent_of=tuple(sorted(sum(pair) - pk for pair in self.apart if pk in pair)),
            stance=row["stance"],
            ticked=row["ticked"] is not None,
            source=source["name"],
            grade=self.grades.get(document["source"], "F"),
            owner=owner,
            origin=self._said_first(row)
            or self._said_first(document)
            or self._who(source["owner"]),
            document_credibility=label["credibility"],
            document_reasons=tuple(label["reasons"]),
            own_record_of=self._everybody(self.own_record_of[row["pk"]]),
            withdrawn=self._withdrawn(row["quote"], quote),
            lost=row["quote"] in self.lost,
            published=document["published"],
        )

    def _told_of_passages(self, quote):
        for each in self.passages[quote["capture"]]:
            if each["start"] < quote["end"] and each["end"] > quote["start"]:
                label = self.of_passage.get(each["pk"])
                yield PassageFacts(
                    label=label["reliability"] if label else "",
                    credibility=label["credibility"] if label else 6,
                    reasons=tuple(label["reasons"]) if label else (),
                    in_bulk=bool(label and label["in_bulk"]),
                    heading=each["kind"] == "heading",
                    repeats=self.words.get(each["repeats"]) == each["text_sha256"],
                )

    def _withdrawn(self, pk, quote):
        if quote["redacted_by"] or self.captures[quote["capture"]]["redacted_by"]:
            return "its words were removed"
        if self.lost.get(pk):
            return "its words are gone from the newest text"
        return "" if quote["capture"] in self.counting else "its import was set aside"

    # --- who --------------------------------------------------------------------------------------

    def _said_first(self, row):
        words = row["origin_words"]
        return self._who(row["origin_entity"]) or (Who(None, words) if words else None)

    def _who(self, pk):
        if pk is None:
            return None
        while into := self.entities[pk]["merged_into"]:
            pk = into
        return Who(pk, self.entities[pk]["name"])

    def _everybody(self, pks):
        return tuple(sorted({self._who(pk) for pk in pks}, key=lambda who: (who.name, who.id)))
