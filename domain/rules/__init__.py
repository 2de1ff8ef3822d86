"""The office's rules, each named and versioned, so that a decision can say which it applied.

A rule says whether something may happen. A later version is added beside an earlier
one: an old decision keeps the version it was made under. A rule with parameters is a value
(`RuleVersion`); its code decides by ``STANDARD`` unless it is given another version.
"""
