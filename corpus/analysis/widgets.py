"""What surrounds a piece on a web page, as tables of patterns with their reasons in words."""

import re
from collections.abc import Sequence
from typing import NamedTuple


class Pattern(NamedTuple):
    key: str  # kept with every suggestion that it decided: never used for another pattern
    words: str  # the pattern as it is written below
    shape: re.Pattern[str]  # over folded text: lower case, straight apostrophes
    reason: str


class Whichever:
    """Asks some patterns as one: nearly always none of them fits, and that is told at once."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = patterns
        self._any = _framed("|".join(each.words for each in patterns))

    def fits(self, low: str) -> Pattern | None:
        """Return the first that fits the whole."""
        if not self._any.fullmatch(low):
            return None
        return next((each for each in self._patterns if each.shape.fullmatch(low)), None)


def _framed(words: str) -> re.Pattern[str]:
    """The words with whatever marks stand around them."""
    return re.compile(rf"[\W_]*(?:{words})[\W_]*", re.DOTALL)


def _whole(key: str, words: str, reason: str) -> Pattern:
    return Pattern(key, words, _framed(words), reason)


# A passage that is nothing but this. A pattern must not fit a sentence of any article.
WIDGETS = (
    _whole(
        "shop",
        r"(?:no|\d+) (?:products?|items?) in (?:the|your) (?:cart|basket|bag)|your (?:shopping )?"
        r"(?:cart|basket|bag) is (?:currently )?empty|add to (?:cart|basket|bag|wish ?list)"
        r"|view (?:cart|basket)|(?:proceed to )?checkout|buy now|shop now|sale|out of stock",
        "a shop's widget",
    ),
    _whole(
        "comments",
        r"leave a (?:reply|comment)|(?:post|add|write|submit)(?: a| your)? comment|cancel reply"
        r"|(?:\d+|no) (?:comments?|repl(?:y|ies)|responses?)(?: yet)?|join the (?:conversation"
        r"|discussion)"
        r"|comments? (?:are )?closed|comments|your email address will not be published"
        r"|(?:your email address will not be published\W+)?required fields are marked"
        r"|save my name,? email,? and website in this browser.{0,60}"
        r"|(?:you must be )?log(?:ged)? in to (?:post a |leave a )?(?:comment|reply)"
        r"|be the first to comment"
        r"|this site uses akismet.{0,80}|what do you think|report (?:this )?comment|load comments",
        "a prompt for comments",
    ),
    _whole(
        "reading-aid",
        r"no time to read|get (?:a|the) summary|(?:read|listen to) (?:a|the) summary"
        r"|listen to (?:this|the) "
        r"(?:article|story)|summari[sz]e (?:this|with ai)|\d+ min(?:ute)?s? read|(?:reading"
        r"|read) time.{0,20}"
        r"|estimated reading time.{0,20}|text size|font size|print(?: this)?(?: page| article)?"
        r"|save(?: article)?"
        r"|save for later|bookmark(?: this)?|copy link|copied|translate|download pdf|get our app",
        "a reading aid of the web page",
    ),
    _whole(
        "navigation",
        r"(?:previous|next|prev|older|newer)(?: (?:article|post|story|page|entry)s?)|next|previous"
        r"|skip to (?:main )?content|back to top|go to top|scroll to top|main menu|menu"
        r"|toggle navigation"
        r"|search(?: for| this site)?|home|site ?map|breadcrumbs?|load more|show more|see all"
        r"|view all|more",
        "navigation of the web page",
    ),
    _whole(
        "teaser-link",
        r"(?:read|learn|view|see|find out|discover|watch|show) (?:more|now|the (?:full )?(?:story"
        r"|article|post)"
        r"|full (?:story|article))|continue reading|keep reading|click here|read on",
        "the link of a teaser",
    ),
    _whole(
        "other-pieces",
        r"related (?:articles?|posts?|stories|news|content|topics|reading|coverage)|you (?:may"
        r"|might) "
        r"(?:also )?(?:like|enjoy|be interested in)|(?:recommended|more) (?:for you|stories"
        r"|articles|reading)"
        r"|more (?:from|like) .{1,30}|(?:most|also) (?:popular|read|viewed|shared)"
        r"|trending(?: now)?|popular posts"
        r"|recent (?:posts|comments|articles)|latest (?:news|posts|stories|articles)"
        r"|editor'?s? picks?"
        r"|featured (?:posts?|stories|articles?)|don'?t miss|what to read next|read also|see also"
        r"|also read",
        "a list of other pieces",
    ),
    _whole(
        "subscription",
        r"(?:subscribe|sign up|register|join)(?: (?:now|here|today|us|free|for free))?(?: (?:to"
        r"|for) .{1,80})?"
        r"|(?:subscribe|sign up) (?:to|for) (?:our|the) .{0,160}(?:newsletter|inbox|updates"
        r"|alerts).{0,80}"
        r"|get (?:the|our) (?:latest|best|newsletter).{0,80}(?:inbox|email|newsletter)"
        r"|enter your email.{0,60}"
        r"|(?:thank you for|thanks for) subscribing|newsletter|email(?: address)?"
        r"|unsubscribe.{0,40}"
        r"|already (?:a )?(?:subscriber|member|subscribed).{0,30}|log ?in|log ?out|sign ?in"
        r"|create (?:an )?account"
        r"|(?:this (?:article|content) is )?(?:for|only for) (?:subscribers|members)(?: only)?",
        "a subscription prompt",
    ),
    _whole(
        "share",
        r"share(?: (?:this|on|via|with|it).{0,40})?|tweet(?: this)?|(?:follow|like|find"
        r"|join) us(?: on)?.{0,60}"
        r"|(?:click to )?(?:share|email|print) (?:this|on) .{1,40}|facebook|twitter|linkedin"
        r"|whatsapp|instagram"
        r"|pinterest|reddit|telegram|youtube|(?:(?:facebook|twitter|x|linkedin|whatsapp|email"
        r"|reddit|pinterest"
        r"|telegram|instagram|youtube|print|copy link)[\W_]+){2,}\w{1,12}|pin it|0 shares"
        r"|\d+ shares",
        "a prompt to share",
    ),
    _whole(
        "advertising",
        r"advert(?:isement|ising|orial)?|sponsored(?: (?:content|post|by.{1,40}))?|ad"
        r"|promoted(?: content)?"
        r"|partner content|story continues below.{0,40}|article continues (?:after|below).{0,40}"
        r"|(?:scroll|continue) (?:down )?to continue.{0,30}|remove ads?|support (?:us|our work)"
        r"|donate(?: now)?",
        "advertising",
    ),
    _whole(
        "small-print",
        r"(?:we|this (?:web)?site|our (?:web)?site) uses? (?:\w+ )?cookies.{0,240}"
        r"|accept(?: all)?(?: cookies)?"
        r"|cookie (?:policy|settings|preferences)|privacy policy|terms (?:of (?:use|service)"
        r"|and conditions|& conditions)"
        r"|(?:©|\(c\)|copyright\s?(?:©|\(c\)|\d{4})).{0,120}"
        r"|(?:.{0,60}\b)?all rights reserved(?:.{0,60})?|powered by .{1,40}"
        r"|(?:about|contact)(?: us)?|disclaimer|imprint|cookies|manage (?:cookies|consent)"
        r"|reject all",
        "the small print of the web page",
    ),
    _whole(
        "filing",
        r"(?:filed under|posted in|tags?|tagged(?: with)?|categor(?:y|ies)|topics?"
        r"|keywords?)\s?:.{0,200}"
        r"|uncategori[sz]ed|tags|categories",
        "filing of the web page",
    ),
)

# What follows is the headline of another piece, until a sentence comes.
NEIGHBOUR_AHEAD = re.compile(
    r"[\W_]*(?:previous|next|older|newer|prev)(?: (?:article|post|story|entry))?[\W_]*"
)
NEIGHBOURS_AHEAD = re.compile(
    r"[\W_]*(?:related (?:articles?|posts?|stories|news|content|coverage)|you (?:may"
    r"|might) (?:also )?"
    r"(?:like|enjoy|be interested in)|recommended(?: for you)?|recommended (?:stories|articles)"
    r"|(?:most|also) (?:popular|read|viewed)|trending(?: now)?|popular posts|recent posts|latest "
    r"(?:news|posts|stories|articles)|more (?:stories|articles|for you)|what to read next"
    r"|editor'?s? picks?)[\W_]*"
)
TEASER_LINK = re.compile(
    r"[\W_]*(?:read|learn|view|see|find out|discover|continue|watch|show)(?: (?:more|on|now"
    r"|reading|the|this|full"
    r"|whole|story|article|post|all|here))+[\W_]*"
)

# No label at all: parts of the piece that are never evidence.
APPARATUS = (
    _whole(
        "byline",
        r"by (?:[\w.'-]+ ){0,4}[\w.'-]+(?:,? (?:and|\|) (?:[\w.'-]+ ){0,4}[\w.'-]+)?",
        "a byline",
    ),
    _whole(
        "caption",
        r"(?:photo|image|picture|credit|credits|caption|source|illustration|graphic|video"
        r"|figure \d+)s?"
        r"(?: (?:credit|by|courtesy|via)s?(?: of)?)? ?:.{1,200}",
        "a caption or credit",
    ),
    _whole(
        "date-line",
        r"(?:(?:published|posted|updated|last updated|modified)(?: on| at)?:? )?(?:(?:mon|tues"
        r"|wednes|thurs|fri|satur"
        r"|sun)day,? )?(?:\d{1,2} [a-z]+ \d{4}|[a-z]+ \d{1,2}, \d{4}|\d{4}-\d\d-\d\d"
        r"|\d{1,2}[./]\d{1,2}[./]\d{4})"
        r"(?:,? (?:at )?\d{1,2}:\d\d.{0,12})?",
        "a date line",
    ),
)
