"""A broken rulebook: every problem at once, each at its line and column, with what to write instead."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine import Catalog, RulebookError, rules_folder, shipped
from tests.shell import run

SOUND = """\
id: sample
title: 样例
edition: "1"
qualification: 样例
in_force: {from: 2020-01-01}
applies_to: [new]
sources:
  text: {title: 文件}
criteria:
  - id: share
    title: 份额
    cite: {source: text, clause: 一, grade: A}
    quote: 不低于 15%
    require: {fact: global_market_share_pct, at_least: 15%}
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """Give a copy of the shipped rules in a folder that a test may change."""
    shutil.copytree(rules_folder(), tmp_path / "rules")
    return Catalog(tmp_path / "rules")


def problems(catalog: Catalog, content: str, name: str = "sample") -> list[str]:
    """Give the problems of a rulebook file with that content, in English."""
    file = catalog.folder / f"{name}.yaml"
    file.write_text(content, encoding="utf-8")
    try:
        catalog.read(file)
    except RulebookError as error:
        return [problem.in_language("en") for problem in error.problems]
    return []


def test_sound(catalog: Catalog) -> None:
    """The sample that the other tests break is itself without problems."""
    assert problems(catalog, SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "global_market_share_pct",
            "globl_market_share_pct",
            "sample.yaml:14:15: criteria.share.require.fact: no fact has the id",
        ),
        ("global_market_share_pct", "全球市场占有率", "Write `global_market_share_pct` (Global market share)."),
        ("global_market_share_pct", "市占率", "Did you mean global_market_share_pct (Global market share) or domestic"),
        ("at_least: 15%", "不低于: 15%", "不低于: is not a known key. Did you mean at_least?"),
        ("at_least: 15%", "≥: 15%", "≥: is not a known key. Did you mean at_least?"),
        ("{fact: global_market_share_pct, at_least: 15%}", "{全部: []}", "is not a known key. Did you mean all_of?"),
        ("criteria:", "条件: []\ncriteria:", "条件: is not a known key. Did you mean criteria?"),
        ("title: 份额", "title: {zh: 份额, en: Share, fr: Part}", "share.title.fr: is not a known key"),
        (
            "criteria:",
            "parameters: {x: {title: 甲, value: {fact: y}, cite: {source: text, clause: 一, grade: A}}}\ncriteria:",
            'parameters.x.value: “{"fact": "y"}” is nothing that can stand here',
        ),
        ("id: share", "id: 份额", "may have small letters, digits, - and _ only, begins with a letter or digit"),
        ("applies_to: [new]", "applies_to: 新企业", "“新企业” must be a list, such as [a, b]"),
        ("applies_to: [new]", "applies_to: [新企业]", "“新企业” must be 'new' or 'review'"),
        ("from: 2020-01-01", "from: 2020年1月1日", "in_force.from: “2020年1月1日” must be a date, such as 2026-04-01"),
        (
            "15%}",
            "15公斤}",
            "sample.yaml:14:46: criteria.share.require.at_least: “15公斤” has a unit that is not known here",
        ),
        ("15%}", "about}", "at_least: “about” is not a number"),
        (
            "15%}",
            "{parameter: floor}}",
            "sample.yaml:14:57: criteria.share.require.at_least.parameter: there is no parameter",
        ),
        ("15%}", "{fact: revenue_y0}}", "is percent and revenue_y0 is money: they cannot be compared"),
        ("15%}", "{benchmark: median}}", "there is no benchmark table. Add benchmarks"),
        (
            "at_least: 15%",
            "at_lest: 15%",
            "sample.yaml:14:46: criteria.share.require.at_lest: is not a known key. Did you mean at_least?",
        ),
        ("at_least: 15%", "at_least: 15%, at_most: 20%", "a check has exactly one of"),
        ("at_least: 15%", "contains: 15%", "global_market_share_pct (percent) cannot be compared with contains"),
        ("at_least: 15%", "at_least: 1.2345678901234567", "a threshold has at most 15 significant digits"),
        ("{fact: global_market_share_pct, at_least: 15%}", "{all_of: []}", "at least 1 item"),
        (
            "{fact: global_market_share_pct, at_least: 15%}",
            "{rulebook: nowhere}",
            "sample.yaml:14:5: criteria.share.require: “nowhere” is not a known rulebook. There are: ",
        ),
        ("{fact: global_market_share_pct, at_least: 15%}", "{rulebook: sample}", "refers to itself"),
        ("{fact: global_market_share_pct, at_least: 15%}", "[]", "require"),
        ("{fact: global_market_share_pct, at_least: 15%}", "&a {any_of: [*a]}", "aliases (*) are not allowed"),
        ("    quote: 不低于 15%\n", "", "the words as `quote`, or `words: not at hand`"),
        (
            "    quote: 不低于 15%\n",
            "    quote: at least 15%\n",
            "criteria.share.quote: is not in the words of a Chinese text",
        ),
        ("    quote: 不低于 15%\n", "    quote: 不低于 15% of sales\n", "is not in the words of a Chinese text"),
        ("    quote: 不低于 15%\n", "    quote: 不低于\n    words: not at hand\n", "the words as `quote`, or `words"),
        (
            "    quote:",
            "    otherwise: [{reading: 另}]\n    quote:",
            "beside another reading stands ours",
        ),
        (
            "    quote:",
            "    reading: 我\n    confirmed: no\n    otherwise: [{}]\n    quote:",
            "the reading “share” is not put into words",
        ),
        (
            "    quote:",
            "    confirmed: no\n    otherwise: [{reading: 另, when: {fact: own_brand, given: yes}}]\n    quote:",
            "add `require`",
        ),
        (
            "    quote: 不低于 15%\n",
            "    quote: x\n    quote: y\n",
            "sample.yaml:14:5: criteria.0.quote: this key stands here twice",
        ),
        ("    quote:", "    confirmed: no\n    quote:", "add `reading`"),
        ("    quote:", "    decides: no\n    quote:", "no criterion decides"),
        ("grade: A", "grade: Z", "'A', 'B', 'M' or 'X'"),
        ("source: text", "source: txt", "the source “txt” is not listed. Did you mean text?"),
        ("from: 2020-01-01", "from: 2020-13-01", "in_force.from"),
        ("from: 2020-01-01", "from: 2020-01-01, to: 2019-01-01", "the last day is before the first"),
        ("id: sample", "id: other", "sample.yaml:1:1: id: the id must be the file's name, sample"),
        ("applies_to: [new]", "applies_to: []", "applies_to"),
        (
            "criteria:\n",
            "parameters:\n  x: {title: 甲, value: 1%, cite: {source: text, clause: 一, grade: A}}\ncriteria:\n",
            "sample.yaml:10:3: parameters.x: no criterion uses this parameter",
        ),
        ("title: 样例\n", "title: 样例\n\tedition: x\n", "sample.yaml:3:1: line 3 is indented with a tab"),
    ],
)
def test_one_mistake(catalog: Catalog, old: str, new: str, says: str) -> None:
    """A single mistake is reported where it is, with what is wrong."""
    assert old in SOUND
    found = problems(catalog, SOUND.replace(old, new, 1))
    assert any(says in problem for problem in found), found


_COLON = "has a full-width colon “：”. Write a half-width colon and a space after it"


@pytest.mark.parametrize(
    ("old", "new", "en", "zh"),
    [
        (
            "title: 样例",
            "title：样例",
            f"sample.yaml:2:6: line 2 {_COLON}",
            "2:6: 第 2 行用了全角冒号“：”。请用半角冒号",
        ),
        ("fact: global", "fact：global", f"14:19: line 14 {_COLON}", "第 14 行用了全角冒号"),
        ("- id: share", "- id：share", f"10:7: line 10 {_COLON}", "第 10 行用了全角冒号"),
        (
            "title: 样例",
            "title: “样例”",
            "2:8: line 2 has Chinese quotes around its value",
            "第 2 行的值用中文引号括起",
        ),
        ("at_least: 15%", "at_least: “15%”", "14:56: line 14 has Chinese quotes", "第 14 行的值用中文引号括起"),
        ("    quote:", "\tquote:", "13:1: line 13 is indented with a tab", "第 13 行用制表符（Tab）缩进。请改用空格"),
        ("title: 样例", "title:样例", "2:6: line 2 has no space after the colon", "第 2 行冒号后面缺空格"),
        ("pct, at_least", "pct，at_least", "line 14 has a full-width comma", "第 14 行用了全角逗号"),
        ("{fact", "｛fact", "line 14 has a full-width bracket", "第 14 行用了全角括号"),
        ("title: 样例", 'title: "样例', "2:8: line 2 opens a quote that is never closed", "第 2 行的引号没有结束"),
        ("title: 份额", "title: '份额", "11:12: line 11 opens a quote that is never closed", "第 11 行的引号没有结束"),
        (
            "title: 样例",
            "title: 样例\ntitle: 再",
            "3:1: title: this key stands here twice. It stands on line 2 too: keep one of them.",
            "title: 此键重复出现。第 2 行已有此键",
        ),
        ("15%}", "15%", "is not valid YAML", "括号没有结束，或各项之间缺少半角逗号"),
    ],
)
def test_form(
    catalog: Catalog, capfdbinary: pytest.CaptureFixture[bytes], old: str, new: str, en: str, zh: str
) -> None:
    """A mistake of typing is told where it is, in the author's language, with what to write, by lint and the loader."""
    assert old in SOUND
    told = problems(catalog, SOUND.replace(old, new, 1))
    assert [one for one in told if en in one], told
    for lang, words in (("zh", zh), ("en", en)):
        result = run(capfdbinary, "lint", "sample", "--rules", str(catalog.folder), "--lang", lang)
        assert (result.code, words in result.out) == (3, True), result.out


@pytest.mark.parametrize(("written", "fraction"), [("0.03", "3%"), ("0.155", "15.5%")])
def test_a_fraction_for_a_percentage(
    catalog: Catalog, capfdbinary: pytest.CaptureFixture[bytes], written: str, fraction: str
) -> None:
    """A threshold of 0.03 is not led to 0.03%: both that it may be are named, the usual one first."""
    [told] = problems(catalog, SOUND.replace("15%}", f"{written}}}"))
    assert told.endswith(f"sign. Write {fraction} if that is meant; {written}% if it is really so little.")
    result = run(capfdbinary, "lint", "sample", "--rules", str(catalog.folder), "--lang", "zh")
    assert f"若指 {fraction}，写 {fraction}；若确指 {written}%，写 {written}%。" in result.out


def test_more_than_there_are(catalog: Catalog, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Four of three conditions are told in both languages in the same words, without a value in Python."""
    some = "{at_least: 4, of: [" + ", ".join(["{fact: own_brand, equals: yes}"] * 3) + "]}"
    [told] = problems(catalog, SOUND.replace("{fact: global_market_share_pct, at_least: 15%}", some))
    assert told.endswith(".of: at_least 4 of 3 conditions can never hold")
    result = run(capfdbinary, "lint", "sample", "--rules", str(catalog.folder), "--lang", "zh")
    assert result.out.endswith(".of: 只有 3 项条件，at_least: 4 永远不能满足\n")


@pytest.mark.parametrize(
    ("old", "new", "zh"),
    [
        ("[new]", "[新企业]", "“新企业” 只能是 new 或 review\n"),
        ("at_least: 15%", "不高于: 15%", "不高于: 未知的键。是否想写 at_most？\n"),
        ("title: 份额", "title: {zh: 份额, en: Share, of all}", '（文字里有逗号），请给整段文字加半角引号："…, …"。\n'),
        ("global_market_share_pct", "营业收入", "没有以“营业收入”为 id 的指标。请写 revenue_y0（上年度营业收入）。\n"),
        ("id: share", "id: 份额", "“份额” 只能用小写字母、数字、- 和 _，以字母或数字开头，最多 64 个字符\n"),
    ],
)
def test_usual_slips(catalog: Catalog, capfdbinary: pytest.CaptureFixture[bytes], old: str, new: str, zh: str) -> None:
    """What an author writes in Chinese is led to what is written in the file."""
    (catalog.folder / "sample.yaml").write_text(SOUND.replace(old, new, 1), encoding="utf-8")
    assert run(capfdbinary, "lint", "sample", "--rules", str(catalog.folder), "--lang", "zh").out.endswith(zh)


def test_an_id_twice(catalog: Catalog) -> None:
    """It is told once, and not that its parts mean something else."""
    [told] = problems(catalog, SOUND + SOUND[SOUND.index("  - id: share") :])
    assert told.endswith("the id “share” stands twice")


def test_several_mistakes_of_form(catalog: Catalog) -> None:
    """All of them are told at once, and Chinese punctuation within words is none."""
    content = SOUND.replace("title: 样例", "title：样例").replace("edition: ", "edition:")
    found = problems(catalog, content.replace("    quote: 不低于 15%", "    quote: “以上”含本数：不低于，15%"))
    assert [one.partition(": ")[0] for one in found] == ["sample.yaml:2:6", "sample.yaml:3:8"]
    quoted = SOUND.replace("title: 样例", "title: '“样例”'").replace("quote: 不", "quote: |\n      标题：甲\n      不")
    assert problems(catalog, quoted) == []
    assert len(problems(catalog, quoted.replace("标题", "title").replace("edition: ", "edition："))) == 1


def test_named_by_id_or_file(catalog: Catalog, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """`champion lint` takes ids and files, several of either; what is neither is refused as by other commands."""
    one, two = "miit-2022-srdi", "most-2017-tech-sme"
    options = ("--rules", str(catalog.folder), "--lang", "en")
    result = run(capfdbinary, "lint", one, str(catalog.folder / f"{two}.yaml"), "sme-2011-size", *options)
    assert result.code == 0
    assert (result.out, result.err) == ("", "no problems\n")
    unknown = run(capfdbinary, "lint", "miit-2022-srd", *options)
    assert unknown.code == 1
    assert "is not a known rulebook. Did you mean miit-2022-srdi?" in unknown.err
    assert run(capfdbinary, "lint", str(catalog.folder / "nowhere.yaml"), *options).code == 3


def test_all_mistakes_at_once(catalog: Catalog) -> None:
    """Mistakes of one stage are all told in one go, in the order of the file."""
    content = (
        SOUND.replace("source: text", "source: txt")
        .replace("global_market_share_pct", "global_rnk")
        .replace("15%}", "x}")
    )
    content += SOUND[SOUND.index("  - id: share") :].replace("15%}", "many}")
    found = problems(catalog, content)
    assert len(found) == 4, found


def test_broken_parts_hide_none(catalog: Catalog) -> None:
    """A head of a wrong shape, a broken criterion and what is wrong with the values of others are told in one go."""
    head = SOUND.replace("qualification: 样例\n", "").replace("[new]", "新企业").replace("2020-01-01", "2020年1月1日")
    content = head.replace("id: sample", "id: other\nlevel: 小巨人\narea: 湘水市", 1).replace("15%}", "很多}")
    criterion = SOUND[SOUND.index("  - id: share") :].replace("source: text", "source: txt")
    for number, require in enumerate(
        (
            "{at_least: 4, of: [{fact: own_brand, equals: 大}, {fact: global_rank, at_most: 前3名}]}",
            "{any_of: [{fact: 收入, at_least: 1}, {fact: revenue_y0, at_leest: 1}, {fact: revenue_y1, at_least: 克}]}",
        )
    ):
        sound = "{fact: global_market_share_pct, at_least: 15%}"
        content += criterion.replace("id: share", f"id: more-{number}").replace(sound, require)
    told = [one.split(": ")[1] for one in problems(catalog, content)]
    assert told == [
        *(
            "“qualification” is missing",
            "id",
            "level",
            "area",
            "in_force.from",
            "applies_to",
            "criteria.share.require.at_least",
        ),
        *("criteria.more-0.cite.source", "criteria.more-0.require.of"),
        *("criteria.more-0.require.of.0.equals", "criteria.more-0.require.of.1.at_most"),
        *("criteria.more-1.cite.source", "criteria.more-1.require.any_of.0.fact"),
        *("criteria.more-1.require.any_of.1.at_leest", "criteria.more-1.require.any_of.2.at_least"),
    ]


def test_a_broken_line_hides_no_other(catalog: Catalog) -> None:
    """The bands of a scorecard and the parameters of a file that is broken elsewhere are read; scores wait."""
    card = CARD.replace("criteria:\n", "") + (
        "parameters:\n  few: {title: 少, value: 2吨, cite: {source: text, clause: 一, grade: A}}\n"
        "  no: {title: 无, value: 1}\ncriteria:\n"
    )
    content = SOUND.replace("criteria:\n", card.replace("{points: 8, at_least: 1万元}", "{points: 8, at_least: 1吨}"))
    content = content.replace("at_least: 15%", "at_least: {parameter: few}")
    for check in ("{score: card, at_least: 1}", "{fact: global_rank, at_most: {parameter: no}}"):
        content += SOUND[SOUND.index("  - id: share") :].replace(
            "{fact: global_market_share_pct, at_least: 15%}", check
        )
    told = [one.split(": ")[1] for one in problems(catalog, content)]
    assert told == ["scorecards.card.groups.all.items.a.bands.0.at_least", "parameters.few.value", "parameters.no"]


def test_a_fact_that_is_no_text(catalog: Catalog) -> None:
    """A list for the fact of a line is told as such, and the bands of that line are passed over."""
    content = SOUND.replace("criteria:\n", CARD.replace("max: 10, fact: revenue_y0", "max: 10, fact: [revenue_y0]"))
    [told] = problems(catalog, content)
    assert "items.a.fact" in told
    assert told.endswith("must be text")


@pytest.mark.parametrize("content", ["", "[]", "x", "null", "a: 1", "\x00", "- - - -", "[" * 5000, "{a: " * 3000])
def test_not_a_rulebook(catalog: Catalog, content: str) -> None:
    """Anything that is not a rulebook is a problem, not a crash."""
    assert problems(catalog, content)


def test_not_utf8(catalog: Catalog) -> None:
    """A file in another encoding says which byte is wrong."""
    file = catalog.folder / "sample.yaml"
    file.write_bytes("id: 样例".encode("gb18030"))
    with pytest.raises(RulebookError, match="byte 5 is not UTF-8"):
        catalog.read(file)


@pytest.mark.parametrize(
    ("added", "says"),
    [
        ("x1: {title: 甲, kind: percent, formula: 100 * nothing}", "no fact has the id “nothing”"),
        ("x1: {title: 甲, kind: percent, formula: __import__('os')}", "is not allowed"),
        ("x1: {title: 甲, kind: percent, formula: revenue_y0 ** 9}", "is not allowed"),
        ("x1: {title: 甲, kind: percent, formula: x1 + revenue_y0}", "the formula depends on itself"),
        (
            (
                f"x1: {{title: 甲, kind: money, formula: {'*'.join(['revenue_y0'] * 40)}}}\n"
                f"x2: {{title: 乙, kind: money, formula: {'*'.join(['x1'] * 40)}}}"
            ),
            "x2.formula: multiplies or divides too often: its value may have more than 300 digits. Compute it from",
        ),
        (
            "\n".join(f"x{n}: {{title: 甲{n}, kind: count, formula: x{n - 1} + x{n - 1}}}" for n in range(2, 19))
            + "\nx1: {title: 甲, kind: count, formula: employees_y0 + 1}",
            "x8.formula: has more than 200 steps together with the formulas it refers to",
        ),
        (
            "\n".join(f"x{n}: {{title: 甲{n}, kind: money, formula: x{n + 1} + 1}}" for n in range(999))
            + "\nx999: {title: 甲, kind: money, formula: revenue_y0 + x0}",
            "x0.formula: the formula depends on itself",
        ),
        (
            "x1: {title: 甲, kind: money, formula: sqrt(revenue_y0 * revenue_y1 * revenue_y2)}",
            "takes the root of too many digits",
        ),
        ("x1: {title: 甲, kind: choice}", "lists its choices"),
        ("x1: {title: 甲, kind: lots}", "'money', 'percent'"),
        ("x1: {title: 营业收入, kind: money}", "already names revenue_y0"),
        ("revenue_y0: {title: 甲, kind: money}", "this key stands here twice"),
    ],
)
def test_broken_vocabulary(catalog: Catalog, added: str, says: str) -> None:
    """A mistake in the vocabulary is reported with its line."""
    file = catalog.folder / "facts.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "\n" + added + "\n", encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        _ = catalog.vocabulary
    assert any(says in problem.in_language("en") for problem in caught.value.problems), str(caught.value)
    assert all(problem.where.startswith("facts.yaml:") for problem in caught.value.problems)


def test_command_ends_with_3(catalog: Catalog, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """`champion lint` prints problems on standard output and ends with 3; `champion assess` ends with 3 too."""
    file = catalog.folder / "sample.yaml"
    file.write_text(SOUND.replace("15%}", "x}"), encoding="utf-8")
    result = run(capfdbinary, "lint", str(file), "--rules", str(catalog.folder), "--lang", "en")
    assert (result.code, result.out.count("\n")) == (3, 1)
    assert result.out.startswith("sample.yaml:14:46: ")
    used = run(capfdbinary, "assess", "-", "--rulebook", "sample", "--rules", str(catalog.folder), stdin=b"{}")
    assert (used.code, used.out) == (3, "")


def test_shipped_rules_are_sound(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """`champion lint` finds nothing in what is shipped and ends with 0."""
    result = run(capfdbinary, "lint", "--lang", "en")
    assert (result.code, result.out) == (0, "")
    assert result.err == "no problems\n"


def test_open_questions(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """`champion lint --open` also lists every reading that is not confirmed and every clause that is not encoded."""
    lines = run(capfdbinary, "lint", "--open", "--lang", "en").out.splitlines()
    for rulebook_id in shipped().ids:
        rulebook = shipped().rulebook(rulebook_id)
        unconfirmed = [one.words.id for one in rulebook.criteria if not one.words.confirmed]
        for name in [*unconfirmed, *(question.id for question in rulebook.words.open_questions)]:
            assert any(line.startswith(f"{rulebook_id}: {name}: ") for line in lines)


CARD = """\
scorecards:
  - id: card
    title: 评分
    cite: {source: text, clause: 一, grade: A}
    groups:
      - id: all
        title: 全部
        items:
          - {id: a, title: 甲, max: 10, fact: revenue_y0, bands: [{points: 8, at_least: 1万元}]}
          - id: b
            title: 乙
            max: 5
            count: each
            bands: [{points: 3, fact: revenue_y0, at_least: 1万元}, {points: 3, fact: revenue_y1, at_least: 1万元}]
criteria:
"""


@pytest.mark.parametrize(
    ("check", "unreachable"),
    [
        ("score: card, at_least: 15分", False),
        ("score: card, at_least: 15.5分", True),
        ("score: card, more_than: 15分", True),
        ("score: card.all, at_least: 16分", True),
        ("score: card, at_most: 20分", False),
    ],
)
def test_score_beyond_the_scorecard(catalog: Catalog, check: str, unreachable: bool) -> None:  # noqa: FBT001
    """A score that asks for more points than the lines are worth together is a problem."""
    content = SOUND.replace("criteria:\n", CARD).replace("fact: global_market_share_pct, at_least: 15%", check)
    found = problems(catalog, content)
    assert bool(found) == unreachable, found
    assert all("the scorecard has at most 15 points" in problem for problem in found)


def test_timeline_is_checked(catalog: Catalog, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Two editions of a level that begin on one day are found by `champion lint`, with 3."""
    for name in ("one", "two"):
        text = SOUND.replace("id: sample", f"id: {name}\nlevel: srdi", 1)
        (catalog.folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    result = run(capfdbinary, "lint", "--rules", str(catalog.folder), "--lang", "en")
    assert (result.code, result.out) == (3, "two.yaml: one and two begin on the same day\n")


@pytest.mark.parametrize(
    ("other", "remarked"),
    [
        ("{fact: global_market_share_pct, more_than: 15%}", True),
        ("{any_of: [{fact: own_brand, equals: yes}, {fact: global_market_share_pct, at_least: 15}]}", True),
        ("{fact: global_market_share_pct, more_than: {parameter: floor}}", False),
        ("{fact: global_market_share_pct, at_least: 20%}", False),
        ("{fact: domestic_market_share_pct, at_least: 15%}", False),
    ],
)
def test_a_reading_left_behind(
    catalog: Catalog,
    capfdbinary: pytest.CaptureFixture[bytes],
    other: str,
    remarked: bool,  # noqa: FBT001
) -> None:
    """Another reading that repeats the figure of a parameter is remarked, and the rulebook is sound all the same."""
    parameter = (
        "parameters:\n  floor: {title: 下限, value: 15%, cite: {source: text, clause: 一, grade: A}}\ncriteria:\n"
    )
    open_words = f"    reading: 我\n    confirmed: no\n    otherwise: [{{reading: 另, require: {other}}}]\n    quote:"
    content = SOUND.replace("criteria:\n", parameter).replace("    quote:", open_words)
    content = content.replace("at_least: 15%}\n", "at_least: {parameter: floor}}\n")
    assert problems(catalog, content) == []
    result = run(capfdbinary, "lint", "sample", "--rules", str(catalog.folder), "--lang", "en")
    told = (
        "sample: share: another reading repeats the figure of floor and stays when that is moved. "
        "Write {parameter: floor}, unless it is to stay.\n"
    )
    assert (result.code, result.out) == (0, told if remarked else "")
