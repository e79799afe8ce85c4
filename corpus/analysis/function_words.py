"""English words that say little about a text's subject."""

_LISTED = """
    a about above after again against ago all also although always am among an and another any
    are around as at away back be became because been before being below between both but by came
    can cannot come could d did do does doing down during each either else even ever every few
    first for from further get go going got had has have having he her here hers him himself his
    how however i if in including into is it its itself just last later least less like ll m made
    make many may me might more most much must my near never new next no nor not now of off often
    on once one only onto or other others our out over own part per put re s said same say says
    see seen she should since so some still such t take than that the their them then there these
    they this those though through thus to today together too toward two under until up upon us
    use used ve very was way we well were what when where whether which while who whom whose why
    will with within without would year years yet you your
"""
FUNCTION_WORDS = frozenset(_LISTED.split())
