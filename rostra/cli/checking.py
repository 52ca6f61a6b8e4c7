"""`rostra check-draft`: drafts in, findings of house rules out; for moderators who try a rule on a file. No board is needed."""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TextIO

from rostra.houserules.definitions import FIELDS, check_of
from rostra.houserules.facts import Circumstances, Draft
from rostra.houserules.grammar import nearest
from rostra.houserules.presets import PRESETS, preset
from rostra.houserules.rules import MOST_RULES, Finding, Rule, verdict_on
from rostra.kernel.refusals import Invalid
from rostra.markup import MARKUPS, Unfit, read

_MARKUP = "both"
_KINDS = ("topic", "reply", "edit")
_TYPES: Mapping[str, tuple[type, ...]] = {
    "kind": (str,), "language": (str,), "host": (str,), "is_first_post": (bool,), "is_edit": (bool,),
    "replies_in_a_row": (int,), "author_posts": (int,), "author_age_days": (int, float),
    "seconds_since_last": (int, float, type(None)), "groups": (list,), "forums": (list,),
}  # fmt: skip
_ENTRIES: Mapping[str, type] = {"groups": str, "forums": int}


class BadLine(Exception):
    """A line that cannot be judged; the text says why and how to mend it."""


def check_lines(lines: Iterable[str], out: TextIO, complaints: TextIO) -> bool:
    """Write a line of findings for each draft that is read; complain about lines that are none, by number, and go on.

    Returns whether all lines were drafts.
    """
    is_good = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            answer = _answer(_record(line))
        except BadLine as bad:
            is_good = False
            complaints.write(f"rostra: line {number}: {bad}\n")
            continue
        text = json.dumps(answer, ensure_ascii=False)
        out.write(text.encode("utf-8", "replace").decode() + "\n")
        out.flush()
    return is_good


def _record(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise BadLine(f"not JSON: {fault}. Each line is one object.") from None
    if not isinstance(record, dict):
        raise BadLine('not an object; a line is {"id", "rules", "title", "body"}.')
    for name, otherwise in (("title", ""), ("body", None), ("markup", _MARKUP)):
        text = record.setdefault(name, otherwise)
        if not isinstance(text, str):
            raise BadLine(f'"{name}" is missing or no text; give it as a text.')
    if record["markup"] not in MARKUPS:
        raise BadLine(f"there is no markup {record['markup']!r}; there are {', '.join(MARKUPS)}.")
    return record


def _answer(record: dict[str, Any]) -> dict[str, Any]:
    rules = _rules(record.get("rules"))
    circumstances = _circumstances(record.get("circumstances") or {}, has_title=bool(record["title"].strip()))
    try:
        document = read(record["body"], record["markup"])
    except Unfit as fault:
        told = f"the text is not rendered: {fault.number:,} where at most {fault.most:,} are allowed"
        return {"id": record.get("id"), "error": told}
    except Exception as fault:  # one odd text must not end the others
        return {"id": record.get("id"), "error": f"could not be read: {type(fault).__name__}"}
    verdict = verdict_on(rules, Draft(record["title"], record["body"], document, circumstances))
    answer: dict[str, Any] = {"id": record.get("id"), "findings": [_told(each) for each in verdict.findings]}
    if verdict.faults:
        answer["faults"] = [
            {"rule": fault.rule, "why": fault.why, "told": fault.told} for fault in verdict.faults
        ]
    return answer


def _told(finding: Finding) -> dict[str, Any]:
    told: dict[str, Any] = {"rule": finding.rule, "effect": finding.effect.value, "span": None}
    if finding.passage is not None:
        told |= {"span": [finding.passage.start, finding.passage.end], "in": finding.passage.where}
    return told | {"say": finding.say, "remedy": finding.remedy}


def _rules(entries: object) -> list[Rule]:
    if not isinstance(entries, list) or len(entries) > MOST_RULES:
        raise BadLine(f'"rules" is a list of at most {MOST_RULES} names of presets, or rules.')
    return [_rule(entry, number) for number, entry in enumerate(entries, 1)]


def _rule(entry: object, number: int) -> Rule:
    if isinstance(entry, str):
        if entry not in PRESETS:
            near = nearest(entry, PRESETS)
            raise BadLine(
                f"there is no preset {entry[:60]!r}; "
                + (f"{near!r} may be meant." if near else f"there are {', '.join(PRESETS)}.")
            )
        return preset(entry)
    if not isinstance(entry, dict):
        raise BadLine(f"rule {number} is neither the name of a preset nor an object with a check.")
    check = entry.get("check", {name: each for name, each in entry.items() if name in FIELDS})
    try:
        found = check_of(check)
    except Invalid as fault:
        raise BadLine(
            "; ".join(f"rule {number}, {name}: {told}" for name, told in fault.faults.items())
        ) from None
    named = entry.get("id", entry.get("name", entry.get("number", number)))
    text = entry.get("text", "")
    name = named if isinstance(named, int | str) and not isinstance(named, bool) else number
    return Rule(id=name, number=number, version=1, text=text if isinstance(text, str) else "", check=found)


def _circumstances(data: object, *, has_title: bool) -> Circumstances:
    """What the line says of the author and the topic; with a title the draft begins a topic, otherwise it is a reply."""
    if not isinstance(data, dict):
        raise BadLine('"circumstances" is an object.')
    known = [field.name for field in fields(Circumstances)]
    for name, value in data.items():
        if name not in known:
            raise BadLine(f"there is no circumstance {name[:60]!r}; there are {', '.join(known)}.")
        is_good = isinstance(value, _TYPES[name]) and (bool in _TYPES[name] or not isinstance(value, bool))
        if isinstance(value, list):
            is_good = is_good and all(type(each) is _ENTRIES[name] for each in value)
        if not is_good:
            kinds = " or ".join("null" if kind is type(None) else kind.__name__ for kind in _TYPES[name])
            raise BadLine(f"the circumstance {name!r} is {kinds}, not {json.dumps(value)[:60]}.")
    kind = data.get("kind", "topic" if has_title else "reply")
    if kind not in _KINDS:
        raise BadLine(f"the kind of a draft is {', '.join(_KINDS)}, not {kind[:60]!r}.")
    usual = {"kind": kind, "is_first_post": kind == "topic", "is_edit": kind == "edit"}
    lists = {"groups": tuple(data.get("groups", ())), "forums": frozenset(data.get("forums", ()))}
    return Circumstances(**{**usual, **data, **lists})


def main() -> int:
    """Standard input to standard output; complaints to standard error. Status 1 when a line was bad."""
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    return 0 if check_lines(sys.stdin, sys.stdout, sys.stderr) else 1
