"""Words that name missions and also things, so that a capital before them tells which."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


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
    how no not some many most all another such new lunar
    """)
