"""The words by which English says how real a thing is, as tables that `hedging` reads by.

A line of a table is one cue. `plan~ to` stands for plan, plans, planned and planning to.
"""


def words(listed: str) -> frozenset[str]:
    return frozenset(" ".join(each.split()) for each in listed.split(";") if each.split())


def _forms(verb: str) -> tuple[str, ...]:
    """The regular forms of a verb, and those of a few that double their last letter."""
    if verb in _DOUBLING:
        return (verb, f"{verb}s", f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")
    if verb.endswith("e"):
        return (verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing")
    if verb.endswith("y") and verb[-2] not in "aeo":
        return (verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing")
    end = "es" if verb.endswith(("s", "sh", "ch", "x")) else "s"
    return (verb, f"{verb}{end}", f"{verb}ed", f"{verb}ing")


_DOUBLING = frozenset({"plan", "set", "commit", "permit", "admit", "refer"})


def _table(listed: str) -> frozenset[str]:
    return frozenset(
        cue for line in words(listed) for cue in (_inflected(line) if "~" in line else (line,))
    )


def _inflected(line: str) -> list[str]:
    verb, _, rest = line.partition("~")
    return [f"{form}{rest}" for form in _forms(verb)]


CUES = {
    "possibility": _table("""
        may; might; could; perhaps; possibly; maybe; potentially; likely; unlikely; probably;
        presumably; conceivably; apparently; seemingly; arguably; possible; impossible; potential;
        probable; plausible; probability; likelihood; possibility; possibilities; chance; chances;
        risk of; uncertain; uncertainty; unclear; unknown; unsure; not sure; not certain; doubtful;
        in doubt; remains to be seen; appear~ to; appears that; seem; seems; seemed; seeming;
        appears; suggests; suggesting; suggest; indicates that; is thought to; are thought to; was
        thought to; were thought to; is believed to; are believed to; was believed to; were believed
        to; up to; as much as; tends to; tend to; tended to; speculation; speculate~; hypothesize~;
        hypothesise~; hypothesis; implies; prospect; prospects; on track; could have; may have;
        might have; must have; estimated; estimate; estimates; about to be
    """),
    "future": _table("""
        will; shall; 'll; wo; going to; gonna; about to; set to; due to be; due in; due out; slated;
        scheduled; is expected; are expected; expected to; be expected; is due; are due; is likely
        to; are likely to; was likely to; likely to; more likely; expected; bound to; poised to;
        planned for; no earlier than; as early as; by early; by late; by mid; is to be; are to be;
        is to; are to; is set; are set; is projected; are projected; projected; forecast; forecasts;
        predict~; prediction; predictions; prospective; upcoming; forthcoming; tomorrow; next week;
        next month; next year; next decade; next summer; next spring; next autumn; next fall; next
        winter; next few years; coming years; coming months; coming weeks; coming days; coming
        decades; in the future; in future; near future; future; later this year; later this month;
        later this week; by the end of; in the long term; long-term; expect to; expects to; expect;
        expects; expecting; anticipate~; foresee; foresees; foreseen; envisage~; envision~; looking
        forward; look forward; soon; eventually; ultimately; someday; one day; outlook; deadline;
        targeting; to come; pending
    """),
    "necessity": _table("""
        should; must; ought to; ought; need to; needs to; needed to; have to; has to; had to;
        recommend~ that; suggest~ that; propose~ that; demand~ that; require~ that; insist~ that;
        need; needs; required; requires; is necessary; are necessary; it is important; it is vital;
        it is essential; advise~; urge~; require
    """),
    "ability": _table("""
        can; ca; cannot; able to; capable of; ability to; allow~ to; allows; allowing; allow;
        enable~; enabling; opportunity; opportunities; opens; helps; help; capability to
    """),
    "hypothesis": _table("""
        would; 'd like; would have; as if; imagine; imagines; imagined; suppose; supposing; what if;
        were to; hypothetically; hypothetical; scenario; scenarios; in theory; theoretically;
        otherwise; lest; should have; could be; would be; as though
    """),
    "condition": _table("""
        if; unless; whether; provided that; assuming; assume; assumes; in case; in the event;
        depending on; depends on; depend on; depends; subject to; even if; only if; when you; once
        the; until; as long as; so long as; contingent on; conditional
    """),
    "intention": _table("""
        plan~ to; plan~ on; plan~ for; plans; planned; aim~ to; aim~ at; hope~ to; hope; hopes;
        want~ to; wants; want; wish~ to; intend~ to; intends; intended to; intention; intent; seek
        to; seeks to; seeking to; sought to; try to; tries to; tried to; trying to; attempt~ to;
        propose; proposes; proposed; proposing; proposal; offer~ to; agree~ to; promise~ to; pledge~
        to; vow~ to; prepare to; prepares to; preparing to; prepared to; ready to; consider~;
        committed to; commit to; commits to; commitment to; goal; goals; objective; objectives; the
        aim; aim is; target; ambition; desire; desires; decided to; decide to; willing to; would
        like; like to; threaten~ to; refuse~ to; fail~ to; ask~ to; eager to; working to; work to;
        designed to; look~ to; opted to; keen to; effort to; efforts to; bid to; in talks;
        negotiating; mull~; exploring options; explore options; pursue; invite~ to; call~ for;
        demand~; encourage~ to; order~ to; urged to; purpose; mission is to; request~
    """),
    "belief": _table("""
        think; thinks; thought; believe~; guess; feel; feels; suspect~; fear~; doubt~; in my
        opinion; in our view; my view; opinion; seems like; sounds like; looks like; i mean; bet;
        worry; worried; concern~; confident; optimistic; pessimistic; expectations; hopefully; sure;
        supposedly; assumption; assumptions; wonder~; dream; dreams; belief
    """),
    "hearsay": _table("""
        reportedly; allegedly; alleged; purportedly; rumour; rumours; rumor; rumors; rumored;
        rumoured; is said to; are said to; was said to; were said to; it is said; claimed; claims;
        claim; claiming; accused; accusing; unconfirmed; unnamed; anonymous; speculated; suspected
    """),
    "attribution": _table("""
        said; says; told; tells; according to; announce~; confirm~; state~ that; stated; reported;
        reports; warned; warns; note~ that; noted; notes; declare~; added; adds; explain~; wrote;
        writes; insist~; denied; denies; argue~; remarked; commented; recalled; quoted; spokesman;
        spokeswoman; spokesperson; testified; saying; acknowledged; revealed; disclosed; replied
    """),
    "negation": _table("""
        not; n't; no; never; none; nor; neither; nobody; nothing; without; lack; lacks; lacking;
        rather than; instead of; hardly; barely; no longer; yet to; prevent~; avoid~; cancel~;
        cancelled; fail; fails; failed; unable; refused; rejected; dismissed; rule~ out; stop~
    """),
    "question": _table("?; who; why; how; what; when is; where is; anyone; anybody; does anyone"),
    "command": _table("please; let; let us; feel free; make sure; be sure"),
    "evaluation": _table("""
        best; worst; great; greatest; amazing; wonderful; terrible; awful; excellent; fantastic;
        beautiful; pivotal; essential; vital; crucial; critical; groundbreaking; ground-breaking;
        monumental; remarkable; invaluable; immense; formidable; unprecedented; ambitious; renowned;
        unique; powerful; innovative; revolutionary; historic; exciting; bold; landmark; milestone;
        inspiring; substantial; notorious; testament; significant; important; promising; novel;
        importance; significance; benefit; benefits; improve; improves; improving; better; more
    """),
}

# Past tense by its form; words in -ed are read by their end.
PAST = words("""
    was; were; had; did; been; has; have; 've; began; begun; became; bought; brought; built; came;
    chose; cut; drew; drove; fell; felt; flew; flown; forgot; found; fought; gave; given; got; grew;
    heard; held; hit; kept; knew; known; laid; led; left; lost; made; meant; met; paid; put; ran;
    rose; sat; saw; seen; sent; shot; shown; sold; spent; spoke; spread; stood; struck; taken;
    taught; took; told; thought; understood; went; gone; won; wrote; written; broke; broken; done;
    withdrew; withdrawn; undertook; undertaken; overcame; arose; arisen; bore; borne; bent; bit;
    blew; blown; caught; clung; crept; dealt; dug; drank; drunk; ate; eaten; fled; flung; froze;
    frozen; hid; hidden; hung; leapt; lent; lit; rang; rung; rode; ridden; sang; sought; slept;
    slid; spun; sprang; stole; stolen; stuck; sank; sunk; swam; swept; swore; sworn; swung; tore;
    torn; threw; thrown; woke; wore; worn; foresaw; foretold; forbade; mistook; oversaw; overseen;
    upheld; withheld; withstood; shook; shaken; shrank; shrunk; beat; beaten; forgotten; chosen;
    driven; drawn; risen; fallen; overtook; overtaken; mistaken; proven; rebuilt; resold
""")
NO_PAST = words("""
    need; indeed; speed; seed; feed; breed; exceed; proceed; succeed; bleed; greed; weed; united;
    hundred; based; advanced; limited; related; unmanned; crewed; uncrewed; so-called; detailed;
    sacred; naked; wicked; shared; skilled; embed; shed; sped; red; bed; led; fed; med; ted; ned
""")
PRESENT = words("""
    is; are; am; 're; 'm; has; does; do; contains; includes; remains; consists; provides; shows;
    means; makes; takes; gives; uses; covers; carries; belongs; lies; runs; works; weighs; operates
""")

# "They asked somebody to do it": nobody has done it yet.
ASKING = words("""
    ask; asks; asked; asking; urge; urges; urged; urging; order; orders; ordered; invite; invites;
    invited; want; wants; wanted; encourage; encourages; encouraged; request; requests; requested;
    require; requires; required; persuade; press; pressed; pressing; tell; told; call; calls;
    called; advise; advised; warn; warned; forbid; commission; commissioned; instruct; instructed
""")

# What may follow "to" without being a verb.
NO_VERB = words("""
    the; a; an; this; that; these; those; it; its; their; his; her; my; your; our; them; him; me;
    us; you; all; any; each; every; some; both; one; two; three; four; five; ten; about; more; most;
    many; such; what; which; who; whom; where; how; space; orbit; earth; life; people; date; today;
    mars; nearly; almost; around; over; at; in; on; of; and; or; than; no; not; new; other; another;
    several; as; from; by; for; public; private; low; high; early; late; power; schools; students;
    women; men; children; research; science; human; humans; global; only
""")
