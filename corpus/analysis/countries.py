"""Words by which a text says which country it speaks of."""

# Code of ISO 3166-1, then words as folded; the capital where press uses it for the government.
_LISTED = """
    AE uae emirates emirati emiratis dubai
    AO angola angolan
    AR argentina argentine argentinian argentines
    AT austria austrian austrians
    AU australia australian australians canberra
    BD bangladesh bangladeshi
    BE belgium belgian belgians
    BR brazil brazilian brazilians brasil brasilia brasileira
    CA canada canadian canadians ottawa canadienne
    CH switzerland swiss
    CL chile chilean
    CN china chinese beijing
    CZ czechia czech prague
    DE germany german germans berlin deutsches deutsche
    DK denmark danish danes
    DZ algeria algerian algerienne
    EG egypt egyptian egyptians cairo
    ES spain spanish madrid
    EU europe european europeans europeenne
    FI finland finnish
    FR france french paris francaise
    GB britain british uk england scotland
    GF guiana guyane kourou
    GH ghana ghanaian
    GR greece greek
    HU hungary hungarian
    ID indonesia indonesian
    IE ireland irish
    IL israel israeli israelis
    IN india indian indians delhi bengaluru bangalore
    IR iran iranian iranians tehran
    IT italy italian italians rome italiana
    JP japan japanese tokyo
    KE kenya kenyan
    KP pyongyang
    KR korea korean koreans seoul
    KZ kazakhstan kazakh
    LU luxembourg
    MX mexico mexican
    NG nigeria nigerian
    NL netherlands dutch
    NO norway norwegian norwegians norsk
    NZ zealand
    PE peru peruvian
    PK pakistan pakistani
    PL poland polish poles warsaw polska
    PR puerto rican
    PT portugal portuguese portuguesa
    RO romania romanian
    RS serbia serbian
    RU russia russian russians moscow soviet
    SA saudi riyadh
    SE sweden swedish swedes stockholm
    SG singapore
    SI slovenia slovenian
    TH thailand thai
    TR turkey turkish turkiye ankara
    TW taiwan taiwanese taipei
    UA ukraine ukrainian ukrainians kyiv
    US america american americans usa washington
    VN vietnam vietnamese
    ZA african pretoria
    ZW zimbabwe
"""
COUNTRY_OF: dict[str, str] = {
    word: code for line in _LISTED.split("\n") if line.strip() for code, *words in [line.split()]
    for word in words
}  # fmt: skip
