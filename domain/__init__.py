"""The domain of a volunteer front office.

An *office* (regional, or the republican one above them) helps volunteer *organizations*
and initiative groups. It makes sure by a *verification*, in one or more of five ways of
checking, that an organization really is a volunteer one. An organization's *request*
asks for one of nine kinds of help; the office works on it in steps and ends it as
*helped* or *declined*, or the organization withdraws it. What an office cannot settle
alone it *escalates*; what belongs to another office it offers as a *transfer*.

Every state is a fold of events. A rule is asked when a command comes, never on replay;
a refusal is a named answer and leaves no event. There is no I/O here and no clock.
"""
