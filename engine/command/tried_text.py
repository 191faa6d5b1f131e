"""What `champion test` says: on the screen, as records, as JUnit has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from engine.command.console import console, write
from engine.ground.errors import Language
from engine.proving.case_file import Stated
from engine.proving.coverage import Counted
from engine.proving.proof import Proof, Trouble


def print_proof(proof: Proof, lang: Language) -> None:
    """Print what is wrong on standard output, each with its firm, and on standard error what was tried."""
    for trouble in proof.troubles:
        write(_told(trouble, lang).encode("utf-8", "backslashreplace"))
    for remark in proof.remarks:
        console(error=True).print(remark.in_language(lang), soft_wrap=True, markup=False, highlight=False)
    console(error=True).print(_tried(proof, lang), soft_wrap=True, markup=False, highlight=False)


def _told(trouble: Trouble, lang: Language) -> str:
    said = trouble.problem.in_language(lang)
    return f"{said}\n    {_profile(trouble.profile)}" if trouble.profile else said


def _profile(profile: Stated) -> str:
    values = (f"{name}: {'、'.join(one) if isinstance(one, list) else one}" for name, one in profile.items())
    return f"{{{', '.join(values)}}}"


def _tried(proof: Proof, lang: Language) -> str:
    count, cases = len(proof.troubles), len(proof.cases)
    wrong = {"zh": f"{count} 个问题" if count else "没有问题", "en": f"{count} problem(s)" if count else "no problems"}[
        lang
    ]
    said = {"zh": f"{proof.rulebook}：{cases} 个案例，{wrong}", "en": f"{proof.rulebook}: {cases} cases, {wrong}"}[lang]
    return said + _shares(_counted([proof]), lang)


def print_in_all(proofs: Sequence[Proof], lang: Language) -> None:
    """Say on standard error how much is shown and noticed of several rulebooks in all, if that was asked."""
    if shares := _shares(_counted(proofs), lang):
        said = {"zh": f"共 {len(proofs)} 套规则", "en": f"{len(proofs)} rulebooks in all"}[lang]
        console(error=True).print(said + shares, soft_wrap=True, markup=False, highlight=False)


def _counted(proofs: Sequence[Proof]) -> dict[str, Counted | None]:
    """Give how much the cases of all cover and notice, None of what was not asked."""
    several = {
        "coverage": [one.coverage.counted for one in proofs if one.coverage],
        "mutants": [one.mutants for one in proofs if one.mutants],
    }
    return {
        name: Counted(sum(one.count for one in found), sum(one.of for one in found)) if found else None
        for name, found in several.items()
    }


def _shares(counted: Mapping[str, Counted | None], lang: Language) -> str:
    words = {
        "coverage": {
            "zh": "；案例覆盖 {0.count}/{0.of}（{0.percent}%）",
            "en": "; cases cover {0.count} of {0.of} ({0.percent}%)",
        },
        "mutants": {
            "zh": "；案例发现规则改动 {0.count}/{0.of}（{0.percent}%）",
            "en": "; cases notice {0.count} of {0.of} changes of the rules ({0.percent}%)",
        },
    }
    return "".join(words[name][lang].format(one) for name, one in counted.items() if one is not None)


def _record(counted: Mapping[str, Counted | None]) -> dict[str, Any]:
    return {name: one and {"count": one.count, "of": one.of, "percent": one.percent} for name, one in counted.items()}


def print_written(file: Path, count: int, lang: Language) -> None:
    """Say how many cases were written to a file, and what is left to do."""
    says = {
        "zh": f"{file}：补写 {count} 个案例；请对照原文把其中的“?”改为应有的结果",
        "en": f"{file}: {count} case(s) written; read the text, and put what is right for each “?”",
    }[lang]
    console(error=True).print(says, soft_wrap=True, markup=False, highlight=False)


def proofs_as_records(proofs: Sequence[Proof]) -> dict[str, Any]:
    """Give what came of each rulebook, and of all, as JSON has it."""
    rulebooks = [
        {
            "rulebook": one.rulebook,
            "cases": len(one.cases),
            "troubles": [
                {
                    "kind": trouble.kind,
                    "where": trouble.problem.where,
                    "what": trouble.problem.what,
                    "instead": trouble.problem.instead,
                    "value": trouble.problem.value,
                    "profile": dict(trouble.profile),
                }
                for trouble in one.troubles
            ],
            **_record(_counted([one])),
            "remarks": [remark.what for remark in one.remarks],
        }
        for one in proofs
    ]
    return {"rulebooks": rulebooks, "in_all": _record(_counted(proofs))}


def proofs_as_junit(proofs: Sequence[Proof], lang: Language) -> str:
    """Give what came of each rulebook as a test suite: a test for each case, and for each thing else that is wrong."""
    root = ET.Element("testsuites")
    for one in proofs:
        others = [trouble for trouble in one.troubles if trouble.case not in one.cases]
        names = [*one.cases, "by itself"] if not others else one.cases
        counts = {"tests": str(len(names) + len(others)), "failures": str(len(one.troubles))}
        suite = ET.SubElement(root, "testsuite", {"name": one.rulebook, **counts})
        _add_properties(suite, [one])
        failing = {trouble.case: trouble for trouble in one.troubles}
        for name in names:
            _add(suite, name, [failing[name]] if name in failing else [], lang)
        for trouble in others:
            _add(suite, f"{trouble.kind}: {trouble.problem.where}", [trouble], lang)
    _add_properties(root, proofs)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _add_properties(of: ET.Element, proofs: Sequence[Proof]) -> None:
    """Say how much cases cover and notice, where that was asked."""
    told = {name: one for name, one in _counted(proofs).items() if one is not None}
    several = ET.SubElement(of, "properties") if told else of
    for name, one in told.items():
        ET.SubElement(several, "property", {"name": name, "value": f"{one.count}/{one.of} ({one.percent}%)"})


def _add(suite: ET.Element, name: str, troubles: Sequence[Trouble], lang: Language) -> None:
    test = ET.SubElement(suite, "testcase", {"name": name, "classname": str(suite.get("name"))})
    for trouble in troubles:
        message = trouble.problem.in_language(lang)
        ET.SubElement(test, "failure", message=message, type=trouble.kind).text = _profile(trouble.profile)
