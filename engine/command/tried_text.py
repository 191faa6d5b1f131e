"""What `champion test` says: on the screen, as records, as JUnit has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from engine.command.console import console, write
from engine.ground.errors import Language
from engine.proving.case_file import Stated
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
    if proof.coverage is not None:
        shown, of = proof.coverage.counted
        said += {"zh": f"；案例覆盖 {shown}/{of}", "en": f"; cases cover {shown} of {of}"}[lang]
        said += {"zh": f"（{proof.coverage.percent}%）", "en": f" ({proof.coverage.percent}%)"}[lang]
    if proof.mutants is not None:
        said += {"zh": f"；试改规则 {proof.mutants} 处", "en": f"; {proof.mutants} changes of the rules tried"}[lang]
    return said


def print_written(file: Path, count: int, lang: Language) -> None:
    """Say how many cases were written to a file, and what is left to do."""
    says = {
        "zh": f"{file}：补写 {count} 个案例；请对照原文把其中的“?”改为应有的结果",
        "en": f"{file}: {count} case(s) written; read the text, and put what is right for each “?”",
    }[lang]
    console(error=True).print(says, soft_wrap=True, markup=False, highlight=False)


def proofs_as_records(proofs: Iterable[Proof]) -> list[dict[str, Any]]:
    """Give what came of each rulebook as JSON has it."""
    return [
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
            "coverage": None
            if one.coverage is None
            else dict(zip(("shown", "of", "percent"), (*one.coverage.counted, one.coverage.percent), strict=True)),
            "mutants": one.mutants,
            "remarks": [remark.what for remark in one.remarks],
        }
        for one in proofs
    ]


def proofs_as_junit(proofs: Sequence[Proof], lang: Language) -> str:
    """Give what came of each rulebook as a test suite: a test for each case, and for each thing else that is wrong."""
    root = ET.Element("testsuites")
    for one in proofs:
        others = [trouble for trouble in one.troubles if trouble.case not in one.cases]
        names = [*one.cases, "by itself"] if not others else one.cases
        counts = {"tests": str(len(names) + len(others)), "failures": str(len(one.troubles))}
        suite = ET.SubElement(root, "testsuite", {"name": one.rulebook, **counts})
        failing = {trouble.case: trouble for trouble in one.troubles}
        for name in names:
            _add(suite, name, [failing[name]] if name in failing else [], lang)
        for trouble in others:
            _add(suite, f"{trouble.kind}: {trouble.problem.where}", [trouble], lang)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _add(suite: ET.Element, name: str, troubles: Sequence[Trouble], lang: Language) -> None:
    test = ET.SubElement(suite, "testcase", {"name": name, "classname": str(suite.get("name"))})
    for trouble in troubles:
        message = trouble.problem.in_language(lang)
        ET.SubElement(test, "failure", message=message, type=trouble.kind).text = _profile(trouble.profile)
