"""Headers on which two editions of the profile do not agree, and what each says of them.

One for every change between February and June 2025: rules, and codes that came or went, for each
rule that looks them up. ``EXPECTED`` has, by file name, the rules that each edition reports.
"""

import header_changes

LAYERS = ("editions",)
OLD, NEW = "2025-02", "2025-06"

SECTOR = "author[1]/assignedAuthor/representedOrganization/standardIndustryClassCode"
OTHER_SECTOR = "authenticator/assignedEntity/representedOrganization/standardIndustryClassCode"
OUTSIDE = (
    '<standardIndustryClassCode code="AUTRE" codeSystem="1.2.250.1.213.1.1.4.9" displayName="A"/>'
)

# Name: the element, what is changed in it, what 2025-02 reports, what 2025-06 does.
RULES = {
    "SM-CONF-02-L": ("confidentialityCode", "set @code=L", [], ["SM-CONF-02"]),
    "SM-CONF-02-M": ("confidentialityCode", "set @code=M", [], ["SM-CONF-02"]),
    "SM-CONF-02-U": ("confidentialityCode", "set @code=U", [], ["SM-CONF-02"]),
    "SM-CONF-02-R": ("confidentialityCode", "set @code=R", [], []),
    "SM-AUTHOR-34-two-in": (SECTOR, "repeat", ["SM-AUTHOR-34"], ["SM-AUTHOR-34"]),
    "SM-AUTHOR-34-one-out": (
        SECTOR,
        f"after {OUTSIDE}",
        ["SM-AUTHOR-37"],
        ["SM-AUTHOR-34", "SM-AUTHOR-36"],
    ),
    "SM-AUTHOR-34-two-out": (
        SECTOR,
        "set @code=AUTRE ; repeat",
        ["SM-AUTHOR-37", "SM-AUTHOR-37"],
        ["SM-AUTHOR-34", "SM-AUTHOR-36", "SM-AUTHOR-36"],
    ),
    "SM-AUTHOR-36-code": (SECTOR, "set @code=AUTRE", ["SM-AUTHOR-37"], ["SM-AUTHOR-36"]),
    "SM-AUTHOR-36-system": (SECTOR, "set @codeSystem=1.2.3", ["SM-AUTHOR-37"], []),
    "SM-AUTHOR-36-in": (SECTOR, "set @code=SAD", [], []),
    "SM-T-CEFULL-01": (SECTOR, "drop @code", ["SM-AUTHOR-37"], ["SM-T-CEFULL-01"]),
    "SM-T-CEFULL-02": (
        SECTOR,
        "set @code=AUTRE ; drop @displayName",
        ["SM-AUTHOR-37"],
        ["SM-AUTHOR-36", "SM-T-CEFULL-02"],
    ),
    "SM-T-CEFULL-03": (SECTOR, "drop @codeSystem", ["SM-AUTHOR-37"], ["SM-T-CEFULL-03"]),
    "SM-T-CEFULL-null": (
        SECTOR,
        "drop @code ; drop @codeSystem ; drop @displayName ; set @nullFlavor=UNK",
        ["SM-AUTHOR-37"],
        ["SM-T-CEFULL-01"],
    ),
    "SM-AUTHENT-27-code": (
        OTHER_SECTOR,
        "set @code=AUTRE",
        ["SM-AUTHENT-27"],
        ["SM-AUTHENT-27"],
    ),
}

# Set: the elements whose code it is, by their rule; the codes that went, those that came.
CODES = {
    "J01": (
        {
            "SM-AUTHOR-16": "author[1]/assignedAuthor/code",
            "SM-LEGALAUTH-10": "legalAuthenticator/assignedEntity/code",
            "SM-PARTICIPANT-25": "participant[1]/associatedEntity/code",
            "SM-ACT-38": "documentationOf[1]/serviceEvent/performer/assignedEntity/code",
        },
        ("350", "369", "G15_35", "G15_36", "G15_37", "G15_38", "G15_39"),
        ("371", "372"),
    ),
    "J07": ({"SM-CODE-03": "code"}, (), ("34876-3", "68814-3")),
    "J47": (
        {
            "SM-AUTHOR-08": "author[1]/functionCode",
            "SM-PARTICIPANT-08": "participant[1]/functionCode",
        },
        (),
        ("HEBERG", "ORG-SOC", "ST-COORD", "ST-INF", "ST-PS-PEC"),
    ),
}


def _all() -> dict[str, tuple[str, str, list[str], list[str]]]:
    found = dict(RULES)
    for places, gone, come in CODES.values():
        for rule, at in places.items():
            for code in gone:
                found[f"{rule}-{code}"] = (at, f"set @code={code}", [], [rule])
            for code in come:
                found[f"{rule}-{code}"] = (at, f"set @code={code}", [rule], [])
    return found


EXPECTED = {name: {OLD: old, NEW: new} for name, (_, _, old, new) in _all().items()}


def files() -> dict[str, bytes]:
    """Return every header, by its path from the root of the project."""
    made = {}
    for name, (at, changes, _, _) in _all().items():
        base, target = header_changes.cut(at)
        header_changes.change(target, changes)
        made[f"tests/cases/editions/{name}.xml"] = header_changes.serialized(base)
    return made
