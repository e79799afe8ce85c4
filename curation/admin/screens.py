"""Every screen of the desk, imported once the admin site stands: see DeskConfig.

Not in the package's __init__: importing the site imports the package, and screens that register
while the site is being made register with one that is thrown away.
"""

# ruff: noqa: F401
from curation.admin import (
    alerts,
    claims,
    decisions,
    documents,
    entities,
    front,
    imports,
    pages,
    partnerships,
    patterns,
    people,
    sources,
    summaries,
)
