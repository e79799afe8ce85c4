"""Words that tell names from other words, and parts of names from whole ones."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# They name missions and also things, so that a capital before them tells which.
COMMON_NOUNS = _words("""
    accord accords alliance alpha argonaut array atlas aurora beacon beyond blue bridge centre
    center challenger clipper cluster command compass council cruiser curiosity dart dawn delta
    destiny discovery dragon dream eagle echo electron endeavour enterprise envision explorer
    falcon frontier gateway genesis harmony hope horizon horizons independence insight
    inspiration integral intrepid juice lander liberty lynx magellan mariner moonlight nebula
    neutron odyssey opportunity orbiter outpost pathfinder perseverance phoenix pilot pioneer
    planet platform prospector quest ranger rover scout sentinel shuttle sparrow spectrum spirit
    stardust station surveyor swarm swift tranquility trident unity vanguard venture viking
    vision voyager zenith
    """)

# A capital that these words have says where they stand, not that they belong to a name.
OPENING_WORDS = _words("""
    a an the this that these those its their our his her my your and or but nor as at by for from in
    into of off on onto over per since than through to toward towards under until up upon via with
    without within after before between both each every if when where while although though because
    however meanwhile moreover once only even also then thus today now here there what which who why
    how no not some many most all another such new lunar monday tuesday wednesday thursday friday
    saturday sunday january february april june july august september october november december
    """)

# Acronyms that are also words, or better known as something else: alone they tell nobody.
ALSO_WORDS = _words("""
    act aids aim are art arc ase cast cent dos fast fbi gac goes iam ice irs kiss legos lops mast
    msc net nia nice nsa nsc one pen plus post prs rosa sim spa star step tai team test tie top who
    """)

# The last word of names of institutions, works and prizes: "Brookings Institution Press".
HEADS = _words("""
    academy award awards base building camp campus centre center church club college colony
    conservatory corporation cup day expo fair festival foundation forum fund group habitat hall
    hospital hotel house institute institution journal lab laboratory library magazine medal
    memorial monument museum nebula network news newspaper observatory outpost park plaza press
    prize review school settlement society stadium station stone street studio studios summit
    treaty trophy tower university
    """)

# Words that go with a name and make no other name of it: what a thing is, what somebody does.
COMPANIONS = _words("""
    accord accords administrator agency agreement ambassador analyst astronaut astronauts asteroid
    board campaign captain capsule ceo chair chairman chairwoman chancellor chief city colonel
    comet commander commissioner company contract convention cosmonaut cosmonauts council crater
    craft deputy director directorate division doctor dr engineer engineers executive explorer
    facility flight founder general governor head headquarters instrument lander laureate lead
    leader lieutenant major manager member members minister mission missions module moon mr mrs ms
    office officer official officials orbiter planet president probe professor prof programme
    programmes project representative rocket rover satellite scientist scientists secretary senator
    senior spacecraft spokesman spokesperson spokeswoman states team telescope treaty vehicle vice
    """)

# Words of which many names are made: a name of these alone could be anybody's.
GENERIC = _words("""
    a academy activities administration advanced aeronautical aeronautics aerospace agency air
    and applications army association astronautics astronomy centre command commission committee
    company corporation council defence department development du earth education engineering
    environment exploration federal flight for force foundation geospatial group industries
    industry innovation institute institution international laboratory medical ministry museum
    national naval of office operations organisation physics planning policy programme
    programmes project research rocket satellite satellites science sciences service services
    society space spatial state studies system systems technical technologies technology the
    training transport university weather agriculture higher
    """)

# Letters so few, and yet hardly anybody means something else by them.
FAMOUS = _words("esa iss dlr jpl")

# Two of these, or one of the next, and a text speaks of space.
FLIGHT_WORDS = _words("""
    avionics flight galaxy instrument launch launched launches mars mission missions moon payload
    payloads planetary probe rover rovers sensor sensors shuttle space telescope
    """)
SPACE_WORDS = _words("""
    asteroid asteroids astronaut astronauts astronomers cnes comet cosmonaut cosmonauts cubesat
    cubesats esa exoplanet interplanetary isro jaxa lander launchers lunar martian nasa orbit
    orbital orbiter orbiting orbits rocket rockets roscosmos satellite satellites spacecraft
    spaceflight spacesuit spacewalk spacewalks
    """)

# Beside a name, these say of what kind it is.
KIND_WORDS = {
    "agency": _words("agency administrator astronaut astronauts"),
    "company": _words("company shares ceo startup maker contractor supplier"),
    "organisation": _words("institute university laboratory committee researchers"),
    "mission": _words("mission flyby"),
    "programme": _words("programme"),
    "spacecraft": _words(
        "spacecraft rover lander probe orbiter rocket capsule satellite launcher station telescope"
    ),
    "instrument": _words("instrument spectrometer camera sensor detector suite"),
    "accord": _words("accord treaty agreement signatories"),
    "place": _words("crater region asteroid site city plain"),
}
