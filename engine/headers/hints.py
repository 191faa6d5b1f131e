"""What a header that is not known may have meant: said only where nothing that matters differs."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from engine.ground.errors import Text
from engine.headers.units import header_key
from engine.headers.years import dated
from engine.language.facts import Fact, Vocabulary, half_width

_MARKS: Mapping[str, str] = {  # what makes another figure of a name; a header and its hint must agree in every one
    "y2": r"大前年|前第?[3三]年|y2|third",
    "once": r"前(?!第?[0-9一二三]?年|[0-9十])",
    "y1": r"上上|(?<!大)前年|前第?[2二]年|y1|second-?last|before",
    "y0": r"(?<!上)上(?!上|市|缴)|去年|前1年|y0|(?<!second-)(?<!third-)last",
    "now": r"本年|今年|当年|本期|本月|当前|this|this year|current year",
    "several": r"近|连续|累计|历年|(?<![前第0-9])[0-9一二两三四五六七八九十]个?年(?!度?末|$)|years|two|three|_[0-9]y",
    "part": r"月|季|半年|h[12]|q[1-4]|month|quarter|预|计划|目标|拟|forecast|plan|budget|target",
    "mean": r"平均|均值|人均|户均|每|均(?!为)|mean|average|per",
    "world": r"全球|世界|国际|global|world|international",
    "abroad": r"海外|境外|国外|出口|外销|外资|foreign|overseas|export|abroad",
    "home": r"国内|全国|中国|境内|内销|domestic|national|china",
    "national": r"国家",
    "local": r"省|市(?!场|占)|县|区|镇|街|园|州|地方|provinc|city|local|county",
    "trade": r"行业|同行|对标|领先|peer|industry|benchmark",
    "group": r"集团|子公司|关联|股东|group",
    "share": r"比|率(?!先)|份额|强度|占|share|ratio|rate|intensity|pct|percent|%|margin",
    "growth": r"增|同比|环比|降|growth|increase|cagr|change",
    "number": r"数(?![字据控码学])|个数",
    "place": r"排名|名次|位次|rank",
    "net": r"净|net",
    "total": r"利润总|税前|total ?profit|before ?tax",
    "tax": r"税|tax",
    "main": r"主营|主业|main",
    "product": r"产品|品种|product|service|服务",
    "research": r"研|r&d|research|rd_|^rd",
    "science": r"科技|科研|技术|tech",
    "people": r"人员|人数|员工|职工|人才|staff|employee|people|headcount",
    "filings": r"申请|受理|申报|filing|appl",
    "granted": r"授权|grant",
    "invention": r"发明|invention",
    "other_right": r"实用|外观|软件|商标|著作|utility|design|software|trademark",
    "class1": r"[ⅰi1一]类",
    "class2": r"(?:ⅱ|ii|2|二)类",
    "not": r"[不非未无没除扣减免]|非|not|non|without|ex",
    "own": r"自主|自有|自研|own",
    "applied": r"应用|相关|related",
    "name": r"名称|全称|简称|name",
    "code": r"代码|编号|编码|号|code|id$",
    "day": r"日期|时间|年份|年限|年数|date|year$|age",
    "level": r"级|等|level",
    "institution": r"机构|中心|institution",
    "cost": r"成本|费|支出|投入|cost|expen|spend",
    "sales": r"收入|营收|销|revenue|income|sales|turnover",
    "profit": r"利润|盈|profit",
    "assets": r"资产|asset",
    "debts": r"负债|债|liabilit|debt",
    "money": r"融资|投资|资金|股|equity|financ|loan|贷",
    "listed": r"名录|名单|list",
    "kind": r"流动|固定|无形|长期|短期|应收|应付|实收|注册|current|fixed|intangible|long|short|registered",
    "award": r"奖|award",
    "bank": r"银行|信贷|bank|credit(?! code)",
}
_MAY_BE_MISSPELT = frozenset({"y0", "sales", "cost", "profit", "assets", "debts", "people", "name", "code"})
_WORDS = {name: re.compile(pattern) for name, pattern in _MARKS.items()}
_BRACKETS = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_CLOSE = 0.75
_CLEARLY = 0.08  # by how much the nearest fact must be nearer than any other


@lru_cache(maxsize=4096)
def marks(text: str) -> frozenset[str]:
    """Give what makes the figure that a header names another one: whose, which year, share or sum, and so on.

    >>> sorted(marks("上年度全球市场占有率")), sorted(marks("主营业务收入占比"))
    (['share', 'world', 'y0'], ['main', 'sales', 'share'])
    """
    key = header_key(text)
    return frozenset(name for name, words in _WORDS.items() if words.search(key))


@lru_cache(maxsize=4096)
def hint(header: str, vocabulary: Vocabulary) -> str | None:
    """Give the title or alias that a header most likely was to be; None if none is near or two facts are."""
    if dated(header) is not None:
        return None
    wanted, key = marks(header), header_key(_BRACKETS.sub("", half_width(header)))[:80]
    best: dict[str, tuple[float, str]] = {}
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(key)
    letters = set(key)
    for word, (near, of_word, fact_id) in _words(vocabulary).items():
        if 2 * len(letters & of_word) < (_CLOSE - _CLEARLY) * (len(letters) + len(of_word)):
            continue
        matcher.set_seq1(near)
        best[fact_id] = max(best.get(fact_id, (0.0, "")), (matcher.ratio(), word))
    ranked = sorted(best.values(), reverse=True)
    if not ranked or ranked[0][0] < _CLOSE or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLEARLY):
        return None
    word = ranked[0][1]
    if _words(vocabulary)[word][2] not in vocabulary.given:  # it was to be what is computed
        return None
    return word if wanted - marks(word) <= {"y0"} and marks(word) - wanted <= _MAY_BE_MISSPELT else None


@lru_cache(maxsize=8)
def _words(vocabulary: Vocabulary) -> Mapping[str, tuple[str, frozenset[str], str]]:
    """Give the key, its letters and the fact of every title and alias."""
    return {
        word: (key := header_key(word), frozenset(key), fact.id)
        for fact in vocabulary.values()
        for word in (fact.title.zh, fact.title.en, *fact.aliases)
    }


def mappings(header: str, maybe: Sequence[Fact]) -> Text:
    """Say what to write of a column that may state one of these facts; of parts of a whole, that it may state all."""
    several = len(maybe) > 1 and all(one.part_of for one in maybe)
    both = Text("（都是的，都写）", " (if both, both)") if several else Text("", "")
    zh = " 或 ".join(f"--map {header}={one.title.zh}" for one in maybe)
    en = " or ".join(f"--map {header}={one.id}" for one in maybe)
    return Text(f"{zh}{both.zh}", f"{en}{both.en}")
