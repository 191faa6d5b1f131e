"""The command line in Chinese: its pages of help, click's own words, and the mistakes in how it is called."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import pairwise

import click

COMMANDS: Mapping[str, tuple[str, str]] = {  # a line in the list of commands, and the page of its own
    "champion": (
        "",
        (
            "按公开的认定条件比对企业：符合、不符合还是无法判定，并说明理由。\n\n"
            "退出码：0 完成（不论结论），1 输入有问题，2 命令写法有误，3 规则文件有误，4 内部错误。"
            "每个选项也可用旁边注明的环境变量 CHAMPION_… 设定。"
        ),
    ),
    "assess": (
        "判定一家或几家企业。",
        (
            "判定每个 PROFILE：一个由指标组成的 JSON 对象（champion facts 列出全部指标）；- 表示标准输入。\n\n"
            "也可以是 champion screen 所用的名单，用 --row 或 --firm 指明一家；"
            "只有一家的名单和填好的填报表（.xlsx、.csv，见 champion facts --template）不必指明。\n\n"
            "结论写到标准输出，问题写到标准错误。--format line 每家一行；"
            "--format brief 每家一页：哪些符合、哪些不符合、缺什么、下一步。"
        ),
    ),
    "ladder": (
        "逐级比对一家企业，说明下一级还差什么。",
        (
            "按当日施行的每一级规则判定 PROFILE（JSON，填好的填报表，或名单中的一家），并指出到下一级的路。\n\n"
            "对下一级说明：哪些条件不符合、用本企业的数还差多少、缺什么、要准备哪些材料。可以写几个，各自判定；"
            "--format line 每级一行，同一家企业写两个的，再说明哪些变了。"
        ),
    ),
    "route": (
        "判断重点产品属于哪类问题，走哪条路线。",
        (
            "判定 PROFILE 的重点产品有没有产业基础的各类问题（“卡脖子”“短板”“小散多软”）。\n\n"
            "PROFILE 是 JSON、填好的填报表，或名单中的一家。路线取第一个成立的类别，并列出措施；"
            "判定不了的，说明还缺什么。"
        ),
    ),
    "evidence": (
        "列出一家企业要准备的材料。",
        (
            "按条件列出规则要求 PROFILE 准备的材料；画像（JSON）的 evidence 声明了的打勾；填报表没有这一栏。\n\n"
            "PROFILE 是 JSON、填好的填报表（.xlsx、.csv），或用 --row、--firm 指明其中一家的名单；不指明的，"
            "-o 文件.xlsx（或 .csv）写出每一家的材料和缺少的指标，-o 文件.zip 一家一个文件。"
        ),
    ),
    "screen": (
        "判定一份企业名单。",
        (
            "判定 CANDIDATES 的每一行：CSV、TSV，Excel 工作簿（.xlsx、.xlsm、.xls）、.ods、Parquet 或 .jsonl；"
            "- 表示标准输入的 CSV。\n\n"
            "几个文件或一个文件夹：企业填好的填报表（champion facts --template），一张一行，同名单一样判定。\n\n"
            "判定前先说明每一列怎样理解，判定后说明结果。规则要用的指标有问题的行不比对，连同每一个问题写入未比对文件。\n\n"
            "--rulebook ladder 一次判定当日施行的每一级，每级一列；"
            "--rulebook routes 判定产业基础的各类问题，并写明走哪条路线。"
        ),
    ),
    "portfolio": (
        "把一份企业名单与目标对照。",
        (
            "把 FILE（champion screen 所用的企业和重点产品名单）与2021年研究建议的目标对照。\n\n"
            "冠军企业、无法判定的、只差一项的；五基和重点方向的覆盖；自主保障率；每个产品的供应商；"
            "每条产业链的龙头企业和冠军企业。"
        ),
    ),
    "explain": (
        "用一页说明一个指标、一项条件或一套规则。",
        (
            "说明 FACT|CRITERION|RULEBOOK|DOCUMENT 所指的一项：指标、条件、评分表的一行或一套规则，"
            "可写编号、名称或别名；或一个文件，可写名称或文号（300号）。\n\n"
            "原文和读法，在哪些规则中，各版自哪天起要求多少，公式和单位，证明材料，名单中认得的列名。"
            "几套规则都有的条件写作 规则:条件。"
        ),
    ),
    "sweep": (
        "把规则的一个数逐个取值，数出各有多少家符合。",
        (
            "对 FILE（champion screen 所用的名单），数出规则的一个数取每个值时有多少家符合、多少家无法判定。\n\n"
            "--vary global-share=5%..30%:1% 依次取这些值；写两个就成一张表。名单只比对一次，"
            "结果与 screen --set 逐个比对相同。全部是试算。"
        ),
    ),
    "target": (
        "找出多少家符合时的界限。",
        (
            "对 FILE（champion screen 所用的名单），找出其他不变、正好有这么多家符合的界限。\n\n"
            "写明界限在哪两家的数之间。几家的数相同而达不到正好这么多的，写出最接近的两个界限。"
            "写出的结果都在该界限上判定过。全部是试算。"
        ),
    ),
    "compare": (
        "把一份企业名单按两套规则对照。",
        (
            "把 FILE（champion screen 所用的名单）按两套规则各比对一次：各种结论有多少家，"
            "哪些企业的结论改变，因哪项条件。\n\n"
            "改变的原因是对企业更严的那一套里的条件：单独一项，或同其他条件一起。只有一套要的指标另外列出，"
            "再只按两边都要的指标比对一次。CSV 写出改变的企业。"
        ),
    ),
    "rulebooks": (
        "列出规则，显示一套，或比较两套。",
        (
            "列出每套规则（或一个层级的各版）及其适用的日期，每级一条时间线。\n\n"
            "给出 ID 时显示该规则的条件、原文和依据；diff A B 把两套规则并列：改了什么，增了什么，删了什么。"
        ),
    ),
    "lint": (
        "检查规则和有关文件的问题。",
        (
            "检查规则（ID）、规则文件夹里的任何一个文件（FILE，是什么就按什么查）或整个文件夹（FOLDER）；默认全部。\n\n"
            "FILE 可以是规则、案例、facts.yaml、ladder.yaml、routes.yaml、documents.yaml、对标表或选项表；"
            "每个问题写成 文件:行:列。\n\n没有问题退出码为 0，有则为 3。"
        ),
    ),
    "test": (
        "试判规则：案例，以及为规则造出的企业。",
        (
            "试判 RULEBOOK…（默认全部）：规则旁边的案例 cases/ID.yaml，以及不写案例也应当成立的。\n\n"
            "不写案例，也会试每个门槛的略低、恰好、略高和未知；指标变好，结果不能变差；补填空白，已定的结果不能变；"
            "各种判定方式须一致。\n\n"
            "全部成立退出码为 0，否则为 3。"
        ),
    ),
    "new": (
        "起草一套规则：待改的文件、案例和变动记录。",
        (
            "在自己的规则文件夹里照另一套规则起草规则 ID，每个键都有说明。\n\n"
            "同时写好案例和 CHANGES.md 中的一条；champion lint、champion test 不必改动就能通过。"
            "新的文件夹会得到指标和其他需要的文件。改了 facts.yaml 之后，champion new schema 重写给编辑器用的 schema。"
        ),
    ),
    "plan": (
        "一家企业至少要改变什么才符合。",
        (
            "找出 PROFILE 至少要改变哪些数和答案，才能同时符合全部条件。\n\n"
            "PROFILE 同 champion assess。往年的数、日期、代码、已经发生的事不变。代价最小的方案在前，"
            "各按着手的先后列出：称号和奖励，要一个年度才有的，材料和评审，只需填明的。"
            "没有方案时，写明哪些条件同不变的数冲突。每个方案都已像任何企业一样判定。需要 solver 附加包。"
        ),
    ),
    "prove": (
        "证明对所有企业都成立的，或举出不成立的一家。",
        (
            "证明对一切可填报的企业都成立的，或举出一家不成立的企业。\n\n"
            "只写 A：这份规则里永远不起作用的部分，以及判定每一家企业要填哪些指标。A implies B：符合 A 的都符合 B；"
            "equals：认定同样的企业；excludes：没有企业同时符合两份。"
            "A diff B：对每项有变化的条件，举出只有 A 接受和只有 B 接受的企业。"
            "A without 指标：不填这项指标还能判定什么。"
            "ladder：每一级的规则是否都包含下一步的要求。\n\n"
            "举出的企业不填多余的指标，并已像任何企业一样判定。需要 solver 附加包。"
        ),
    ),
    "facts": (
        "列出指标。",
        (
            "列出企业可以填报和由公式得出的每一项指标，及其单位和可填的内容。\n\n"
            "写 --rulebook 或 --level 的，只列所要求的指标；--level 包括新申报和复核、全国和各地的各版。\n\n"
            "--template -o 填报.xlsx 写出一家企业的填报表；加 --from 带入以前填过的，各年的数移到该年的一行。"
        ),
    ),
}
OPTIONS: Mapping[str, str] = {
    "row": "名单中的这一行（结果中的行号）。",
    "firm": "名单中这个代码或名称的企业。",
    "mapping": "把列 COLUMN 读作指标 FACT（名称或代号），不论列名怎么写；可以重复。",
    "map_file": "保存列名对照的文本文件：每行 COLUMN=FACT，# 后为注释；--map 优先。",
    "map_draft": "为 --map-file 写一份新文件，列出未读取的列，供补全。",
    "sheet": "要读的工作表；默认第一张。",
    "rulebook": "所用的规则；默认是研究建议，不是官方文件。",
    "level": "不写规则而写层级（小巨人、little_giant），按当日施行的一版判定。",
    "as_of": "判定日（2026-04-01、2026年4月1日）；默认今天。",
    "set": "如果这个数值是别的：条件=数值，如 global-share=12%；可以重复。每处都写明是试算，并列出文本的数。",
    "without": "如果这项条件不计入结论；可以重复。",
    "only": "如果只有这些条件计入结论；可以重复。",
    "fill": "没有填写这个指标的企业按这个值计，并处处写明：指标=内容，或每行这样写的文件；可以重复。",
    "fixed": "这项指标不变；可以重复。",
    "at_most": "这个数最多到 3000万元，或 +20%；可以重复。",
    "at_least": "这个数最少到 3000万元，或 -10%；可以重复。",
    "change": "如果这家企业填的是另一个值：指标=内容；处处写明，旁边列出所填的；可以重复。",
    "vary": "要变动的数和它的各个值（5%..30%:1%，总包括止；或 5%,10%,15%）；写两个就成一张表。",
    "by": "再按这项指标（如行业、所在地）分组。",
    "other": "第二套规则；不写就是第一套加 --set、--without 或 --only，这些只改第二套。",
    "count": "要有多少家符合。",
    "lang": "文字的语言。",
    "form": "输出的格式。",
    "rules": "用这个文件夹的规则，不用自带的。",
    "output": "结果文件：.csv、.xlsx、.parquet 或 .jsonl；- 表示标准输出。",
    "into": "写入这个文件，不显示在屏幕上：.txt，或 .json（JSON）；- 表示标准输出。",
    "rejected": "未比对的行写入这个 CSV，每个问题一行；默认写入 OUTPUT.rejected.csv，没有这样的行就不写。",
    "warnings": "不影响判定但不寻常之处写入这个 CSV。",
    "plot": "另画成图：.svg、.png 或 .html；要附加包 plots。",
    "summary": "汇总写入这个 JSON。",
    "strict": "没有一列是规则所用的指标时，不判定，以 1 退出。",
    "carry": "保留名单的其他列。",
    "figures": "加上比对时看过的每个数。",
    "reasons": "写明每一行的理由和提醒；只要结论的写 no。",
    "bom": "CSV 以 Excel 所需的标记开头。",
    "raw_text": "CSV 中会被表格软件当作公式的文字（=…、+…、-…、@…）照原样写，供程序读取。",
    "labels": "列名和结论用代号还是文字；.xlsx 默认文字，其他默认代号。",
    "engine": "在哪里计算；spark 需要安装 spark 扩展和 Java 17。",
    "master": "Spark 的 master。",
    "with_proofs": "另用求解器证明：规则的哪些部分永远不起作用，有没有企业能够符合（按今天）。",
    "with_witness": "用于 diff：对每项有变化的条件，举出只有 A 接受和只有 B 接受的企业。",
    "with_open": "同时列出未定之处：未确认的读法、未编入的条款。",
    "old": "带入填报表：以前的填报表、企业画像（.json），或名单中的一家（--row、--firm）。",
    "with_coverage": "另列出没有案例的：各种结果、门槛两侧、各档得分、单独起作用的部分、另一种读法。",
    "with_mutants": "另把规则里的每个数和词逐一改动，列出没有案例发现的改动。",
    "writes": "把缺少的案例写入 文件夹/cases/ID.yaml，每个一家企业；应有的结果（?）留给您对照原文填写。",
    "area": "省、市的规则（浙江省）：全国的照用，只写不同之处。",
    "folder": "自己的规则文件夹；没有的会新建。",
    "template": "加 -o 写出一家企业往下填的填报表：.xlsx 或 .csv；不加则以 CSV 列出名单的列名。",
    "facts_into": "写入这个文件，不显示在屏幕上：.txt，或 .json（JSON）；填报表为 .xlsx 或 .csv；- 表示标准输出。",
    "version": "显示版本。",
}
OWN: Mapping[tuple[str, str], str] = {  # options that say something else in one command
    ("facts", "rulebook"): "只列这套规则用到的指标；ladder 指当日施行的各层级，routes 指产业基础的各类问题。",
    ("facts", "level"): "只列这一层级（小巨人、little_giant）当日施行的各版用到的指标。",
    ("facts", "as_of"): "用于 --level、ladder 和填报表中年份的日期（2026-04-01、2026年4月1日）；默认今天。",
    (
        "evidence",
        "into",
    ): "写入：.txt、.json（JSON），.xlsx（可打勾）；整份名单为 .xlsx、.csv 或 .zip（一家一份）；- 表示标准输出。",
    ("evidence", "carry"): "整份名单：带上没有读取的列（如联系电话）。",
    ("new", "other"): "照哪套规则起草：自己的或自带的；不写则从一个小样例开始。",
    ("sweep", "into"): "写入这个文件：.txt、.json（JSON），或 .csv、.xlsx（表）；- 表示标准输出。",
    ("target", "into"): "写入这个文件：.txt、.json（JSON），或 .csv、.xlsx（表）；- 表示标准输出。",
    ("target", "vary"): "要改的数；不写就对每项条件的每个数，各自单独找。",
    ("compare", "into"): "写入这个文件：.txt、.json（JSON），或 .csv（改变的企业）、.xlsx；- 表示标准输出。",
    ("rulebooks", "level"): "只列这一层级（小巨人、little_giant）的各版。",
}
_WORDS: Mapping[str, str] = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "说明见：{command} {option}",
    "Invalid value: {message}": "值无效：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值无效：{message}",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing command.": "缺少命令。",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "No such option {name!r}.": "没有选项 {name!r}。",
    "No such command {name!r}.": "没有命令 {name!r}。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是其中之一：{possibilities}？）",
    "Got unexpected extra argument ({args})": "多余的参数（{args}）",
    "Got unexpected extra arguments ({args})": "多余的参数（{args}）",
    "Option {name!r} requires an argument.": "选项 {name!r} 后面要写值。",
    "Option {name!r} does not take a value.": "选项 {name!r} 后面不写值。",
    "{value!r} is not {choice}.": "{value!r} 不是 {choice}。",
    "{value!r} is not one of {choices}.": "{value!r} 不在 {choices} 之中。",
    "{value!r} is not a valid {number_type}.": "{value!r} 不是有效的数。",
    "{value} is not in the range {range}.": "{value} 不在范围 {range} 内。",
    "{name} {filename!r} does not exist.": "{filename!r} 不存在。",
    "{name} {filename!r} is a file.": "{filename!r} 是文件，不是文件夹。",
    "{name} {filename!r} is a directory.": "{filename!r} 是文件夹，不是文件。",
    "{name} {filename!r} is not readable.": "{filename!r} 无法读取。",
    "Show this message and exit.": "显示本说明。",
    "env var: {var}": "环境变量：{var}",
    "default: {default}": "默认：{default}",
    "required": "必填",
    "give: new rulebook ID [--from RULEBOOK], or: new schema": "请写 new rulebook ID [--from 规则]，或 new schema",
    "give nothing, one ID, or: diff A B": "请什么都不写，写一个 ID，或写 diff A B",
    "--level lists editions: give no ID with it": "--level 列出各版，不能再写 ID",
    "--from needs --template and -o FILE": "--from 要同 --template 和 -o 文件 一起用",
    "--write-missing writes to your own rules: give --rules": "--write-missing 写入自己的规则：请加 --rules",
    "give --rulebook or --level, not both": "--rulebook 和 --level 只能写一个",
    "give a second file or --with, not both": "第二个文件和 --with 只能写一个",
    "is not a date; write it as 2026-04-01": "不是日期；请写 2026-04-01 或 2026年4月1日",
}
_MODULES = (click.core, click.decorators, click.exceptions, click.types, click.parser, click.formatting)


def is_asked(words: list[str]) -> bool:
    """Say whether Chinese is asked for, by --lang or CHAMPION_LANG, and not only what texts are in by default.

    >>> is_asked(["screen", "--help", "--lang", "zh"]), is_asked(["screen", "--lang=en"])
    (True, False)
    """
    asked = [after for word, after in pairwise(words) if word == "--lang"]
    asked += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    return (asked or [os.environ.get("CHAMPION_LANG", "")])[-1] == "zh"


def said(message: str) -> str:
    """Give one of our own messages, or one of click's, in Chinese where it is known."""
    return _WORDS.get(message, message)


@contextmanager
def in_chinese(group: click.Group) -> Iterator[None]:
    """Have a group of commands speak Chinese within."""
    from unittest.mock import patch  # noqa: PLC0415 who reads English must not wait for it

    with ExitStack() as held:
        for module in _MODULES:
            for name, function in (("_", said), ("ngettext", lambda one, many, n: said(one if n == 1 else many))):
                if hasattr(module, name):
                    held.enter_context(patch.object(module, name, function))
        held.enter_context(patch.object(click.formatting, "wrap_text", _wrapped))
        held.enter_context(patch.object(click.formatting, "term_len", _width))
        for name, command in (("champion", group), *group.commands.items()):
            short, page = COMMANDS[name]
            held.enter_context(
                patch.multiple(command, help=page, short_help=short, options_metavar="[选项]", _help_option=None)
            )
            for option in command.params:
                if isinstance(option, click.Option):
                    words = OWN.get((name, option.name or "")) or OPTIONS[option.name or ""]
                    held.enter_context(patch.object(option, "help", words))
        held.enter_context(patch.object(group, "subcommand_metavar", "命令 [参数]…"))
        yield


def _width(text: str) -> int:
    from rich.cells import cell_len  # noqa: PLC0415 --help must not wait for it otherwise

    return cell_len(click.unstyle(text))


def _wrapped(
    text: str,
    width: int = 78,
    initial_indent: str = "",
    subsequent_indent: str = "",
    preserve_paragraphs: bool = False,  # noqa: FBT001, FBT002
) -> str:
    """Break a text between Chinese characters."""
    from engine.command.console import wrapped  # noqa: PLC0415

    paragraphs = re.split(r"\n\s*\n", text) if preserve_paragraphs else [text]
    room = max(20, width - max(map(_width, (initial_indent, subsequent_indent))))
    told = [wrapped(paragraph, room).splitlines() or [""] for paragraph in paragraphs]
    return "\n\n".join(
        "\n".join((subsequent_indent if number else initial_indent) + line for number, line in enumerate(lines))
        for lines in told
    )
