"""What in a sentence speaks for news and what for comment, as tables with reasons in words."""

import re
from typing import NamedTuple


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


class Cue(NamedTuple):
    words: str  # the pattern as it is written below
    shape: re.Pattern[str]  # over lower case, which is twice as fast as ignoring the case
    weight: float
    reason: str  # the words that were found are put behind it
    cased: bool  # whether capitals tell something, so that the words are asked as they stand
    opens: bool  # whether it stands nowhere but at the beginning

    def found(self, said: str, low: str) -> str:
        look = self.shape.match if self.opens else self.shape.search
        match = look(said if self.cased else low)
        return match[0].strip() if match else ""


def _cue(weight: float, reason: str, shape: str) -> Cue:
    cased = "(?-i:" in shape
    flags = re.IGNORECASE if cased else 0
    opens = shape.startswith("(?-i:^") and "|" not in shape
    return Cue(shape, re.compile(rf"\b(?:{shape})", flags), weight, reason, cased, opens)


SPEAKS = (
    r"said|says|told|tells|announced|announces|confirmed|confirms|stated"
    r"|(?<!united )(?<!member )states"
    r"|reported|reports|warned"
    r"|warns|notes|noted|declared|referred|describe[sd]?|added|adds|explained|explains|wrote"
    r"|writes|insisted|denied"
    r"|argued|argues|remarked|commented|recalled|radioed|spoke|asked|predicted"
)
ACTED = (
    r"signed|signs|agreed|launched|landed|cancel+ed|decided|selected|awarded|ended|suspended"
    r"|formed|signal+ed"
    r"|began|begun|started|approved|joined|delivered|completed|postponed|delayed|terminated"
    r"|withdrew|withdrawn"
    r"|expelled|established|laid out|outlined|outlines|published|unveiled|ratified|forged"
    r"|announced|halted"
    r"|tested|docked|arrived|opened|closed|handed over|returned|received"
    r"|won(?!'t)|lost|failed|built"
    r"|shipped"
    r"|appointed|resigned|elected|voted|rejected|founded|merged|acquired|bought|sold|renewed"
    r"|extended|halted"
    r"|followed|stopped|resumed|replaced|transferred|operated|flew|flown|put into orbit|met"
    r"|pledged|yielded"
)

# Weighed when somebody answers for it: a named body or person, or "the two agencies".
OF_SOMEBODY = (
    _cue(3.0, "names who says it", rf"according to\b|as reported by|reported by|(?:{SPEAKS})\b"),
    _cue(2.5, "reports an event", rf"(?:{ACTED})\b"),
    _cue(
        2.0,
        "states a plan of somebody who answers for it",
        r"(?:plans?|planned|aims?|aimed|intends?|hopes|agreed|committed|seeks?) (?:to|for)\b"
        r"|planning to"
        r"|(?:is|are|was|were)?\s?(?:slated|scheduled|set|due|expected) (?:for|to)\b"
        r"|is expected in|exploring options",
    ),
    _cue(
        2.0,
        "reports what is going on",
        r"(?:is|are) (?:currently |now |also |jointly )?(?:collaborating|cooperating|pooling"
        r"|exploring|building"
        r"|developing|working|preparing|negotiating|testing|contributing|providing|assembling"
        r"|operating|funding)\b",
    ),
    _cue(
        1.5,
        "reports what was done",
        r"(?:has|have|had) (?:been |also |already |since |now )?\w+(?:ed|en|ne|de|nt|un|ut)\b",
    ),
)
# Answered for by the thing itself.
CONTENTS = _cue(
    3.0,
    "says what a plan or agreement contains",
    r"(?:plan|arrangement|agreement|deal|contract|accord|roadmap|memorandum|decision|treaty"
    r"|mission|programme"
    r"|program|rover|lander|spacecraft|work|alliance|partnership) (?:also )?(?:emphasi[sz]es"
    r"|includes|covers"
    r"|provides for|comes after|follow(?:s|ed)|calls for|involves|foresees|carries|consists"
    r"|runs until"
    r"|extends to|entered into force|will (?:deploy|carry|launch|include|land|collect|drill))\b",
)
# Weighed in any sentence.
OF_ANYBODY = (
    _cue(
        1.0,
        "gives a date or a figure",
        r"(?:\d{1,2} )?(?:january|february|march|april|june|july|august|september"
        r"|october|november|december) \d|(?<!-)(?:19|20)\d\d\b(?!s)|\d+(?:[.,]\d+)* (?:countries"
        r"|million|billion|percent|per cent|km|kilo|tonnes?|tons|euros|dollars|met(?:er|re)s?"
        r"|days|months|years"
        r"|astronauts|people|nations|states|crew|satellites|launches|missions)|(?:\$|€|£)\d"
        r"|last (?:year|month|week)\b"
        r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|yesterday|this (?:week|month|morning)"
        r"|today\b(?!'s)",
    ),
    _cue(1.0, "opens with a place line", r"(?-i:^[A-Z][\w .,]{2,40} [—–-]{1,2} (?=[A-Z]))"),
    _cue(
        -2.0,
        "praises or judges",
        r"pivotal|essential|vital|crucial|critical(?! design)|ground-?breaking|monumental"
        r"|remarkable"
        r"|invaluable|immense|formidable"
        r"|unprecedented|undeniable|ambitious|renowned|prowess|unique|powerful|innovative"
        r"|true rarity|wealth of|importance|inviting|room for everyone|breathtaking|dazzling"
        r"|thrill(?:ed|ing)"
        r"|triumph\w*|tireless|visionary|astonishing|extraordinary|spectacular|stunning"
        r"|revolutionary|historic\b(?: step)?|exciting|bold|game-chang|landmark|milestone\b"
        r"|inspir(?:e|es|ing|ed)\b|dreamers"
        r"|dream big|substantial|notorious(?:ly)?|never been clearer|certainty|solid foundation"
        r"|strengthens?|testament",
    ),
    _cue(
        -2.5,
        "says what it all means",
        r"underscor\w+|highlight\w*|demonstrates?|exemplif\w+|remind\w*|marks? (?:a|an|the)\b"
        r"|pav(?:e|es|ing) the way"
        r"|sett?(?:ing)? the stage|reshap\w+|redefin\w+|transforms?|turning point|new era"
        r"|stepping stones?|signals? a\b"
        r"|implications|fosters?|more than (?:just )?a|in the face of|spirit of|leap for"
        r"|at the heart of|after all"
        r"|goes beyond|shift(?:ing)? (?:gears|towards?)|paradigm|catalyst|renaissance"
        r"|keeps? [\w -]{1,40}alive"
        r"|the (?:challenge|journey|promise|success|urgency|timeline|future|vision) (?:of|for|to"
        r"|is)\b|significance",
    ),
    _cue(
        -2.0,
        "argues by contrast",
        r"(?:not|\w+n't) (?:just|only|merely)\b|so, what|while many|while some",
    ),
    _cue(
        -2.0,
        "speaks of “we”",
        r"we\b|(?-i:us)\b|our (?!solar|planet|understanding|galaxy)|ourselves\b|humanity\b|let's\b",
    ),
    _cue(
        -3.0,
        "leans on people without a name",
        r"(?:experts?|(?:some|many|most) (?:scientists?|experts?|people|analysts?|observers?)"
        r"|analysts|observers|critics"
        r"|supporters|insiders|rumou?rs?) (?:\w+ ){0,3}(?:say|believe|emphasi[sz]e|agree|argue"
        r"|expect|think|predict|speculat\w+|hope|note|warn|point|see|claim|fear|wonder)",
    ),
    _cue(
        -2.5,
        "speaks to the reader",
        r"(?-i:^(?:Look|Consider|Imagine|Think|Picture|Put|Remember|Forget|Ask|Take|Welcome|Buckle"
        r"|Fasten|Stay|Get|Join|Let)\b|^So,? (?:what|let|who|why|how|fasten|get|go|buckle)\b)"
        r"|you(?:r|'(?:re|ll|ve|d))?\b|dear readers?"
        r"|who knows|make no mistake|no wonder|rest assured",
    ),
    _cue(
        -1.5,
        "tells a picture instead of a thing",
        r"(?:heart|dawn|cradle|beacon|symphony|tapestry|cathedral|canvas|chapter|bridge|seeds?"
        r"|springboard|gateway|doorway|playground|engine|backbone|cornerstone|foundations?) of"
        r"|(?:among|between|towards?|to|for) the stars\b|^the stars\b|destiny|dreams?\b"
        r"|hopes? and|the spirit|fraternity|friendship"
        r"|common ground|brink|race is|game\b|crossroads|crown jewels"
        r"|at stake|(?:real|true|deeper) (?:question|test|promise|prize)|lesson (?:for|of|is)"
        r"|the sky is|everything (?:changes|we know)|decisive|ideal world|clears? its throat"
        r"|giants\b|cosmos",
    ),
    _cue(
        -1.75,
        "argues about what nobody can check",
        r"trust\b(?! fund)|complacen\w+|imagination|patience|courage\w*|vision\b|credib\w+"
        r"|sovereignty|strategic autonomy|prestige|legitima\w+|resilien\w+|ambition|inevitab\w+"
        r"|unmistakabl\w+|tempt\w+|mistake|high time|wisdom|pride|fate\b|worthy|excuses?\b"
        r"|golden age|what \w+ needs|the (?:danger|risk|point|choice|answer|truth|problem"
        r"|challenge|paradox|irony|trouble|stakes) (?:is|are|,|of course|lies?)|in the long run"
        r"|of course|seldom|the many|the few|at its core|mere(?:ly)?|moral\b|nations must"
        r"|deserves?|ought|lofty|naive|illusion|wise(?:ly)?\b|dangerous(?:ly)?\b|beckons?"
        r"|honest(?:ly)? (?:debate|answer|look)|rivalry|solidarity|restless|species",
    ),
    _cue(
        -1.5,
        "generalises",
        r"in a world|looking ahead|every (?:partner|nation|age|generation|great|so often)"
        r"|no (?:one|single) (?:nation|country|agency|parliament)|nobody\b(?! (?:was|has|knows))"
        r"|all of us|those who|anyone|a good\b|always\b|rarely\b|as (?:we|nations|countries"
        r"|schools|technology|space"
        r"|humanity)\b|when it comes|the next (?:few years|decade)"
        r"|such (?:\w+[ -]){0,3}(?:partnerships|collaborations?)",
    ),
)
SCENARIO = re.compile(
    r"^\W{0,4}20[3-9]\d, (?:a|an|one|on a|late|early|somewhere|in)\b[^\n.:]{2,25}(?=:)"
    r"|\b20[3-9]\d (?:preview|scenario|vision|outlook|dispatch)|\bthe year is 2\d\d\d"
    r"|\bpicture this\b|\bfast[- ]forward to\b"
    r"|\bimagine\b[^.\n]{0,40}\b2[01]\d\d\b|\bwhat we now call\b"
    r"|\bin this (?:scenario|future)\b"
    r"|\blooking back from 2\d\d\d|\bperfected (?:ten|a decade|twenty) years ago\b",
    re.IGNORECASE | re.MULTILINE,
)
# One of these stands wherever it finds something, and tells of most texts that it would not.
SIGNS_OF_A_SCENARIO = (
    "the year is 2", "picture this", "imagine", "fast-forward to", "fast forward to",
    "what we now call", "in this scenario", "in this future", "looking back from 2",
    "perfected ten", "perfected a decade", "perfected twenty",
)  # fmt: skip
YEAR_OF_A_SCENARIO = re.compile(  # or this, over lower case
    r"20[3-9]\d(?:, (?:a|an|one|on a|late|early|somewhere|in)\b[^\n.:]{2,25}:"
    r"| (?:preview|scenario|vision|outlook|dispatch))"
)

# Who answers for it. Heavenly bodies and peoples do not.
NOBODY = _words(
    "mars moon earth red planet martian jupiter saturn venus solar lunar stem isru i english "
    "internet god "
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday"
)
SOMEBODY = re.compile(
    r"\b(?:the|both|two|its|their) (?:two |three |four )?(?:space )?(?:agenc(?:y|ies)"
    r"|organi[sz]ations?|compan(?:y|ies)|partners"
    r"|parties|governments?|minist(?:er|ry)|spokes(?:man|woman|person)|leaders|sides|consortium"
    r"|collaborations?)\b"
    r"|^\W*(?:japan|china|india|russia|italy|france|germany|canada|spain|poland|australia|brazil"
    r"|israel|luxembourg|norway|sweden|britain|congress|parliament|roscosmos|airbus|boeing)\b",
)
