"""Rows of a table that are no firm's: sums, notes, and the names, telephones and days of whoever filled it in.

A row is no firm's if its code or name begins as a sum, a note or a signature does (of a row without both, any cell), or
if nothing but such words, offices, places, days and telephones stands in it. A row with a sound code is a firm's, and
so is one with a figure beside 申报单位：…公司. Compared are small letters, without blanks and strokes, in Simplified
characters or in Traditional ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from engine.ground.chinese import in_both
from engine.ground.errors import Text
from engine.headers.cells import LONGEST
from engine.headers.event_words import FILLED_IN, REVIEW
from engine.headers.time_words import YEAR, YUAN
from engine.language.reading import BLANK_WORDS
from engine.layout.no_firm_words import (
    ALONE,
    ANY,
    AS_NAME,
    ENDS_AS_FIRM,
    LABELS,
    MARK,
    MARKED_FIRST,
    MARKED_IN,
    NAMES_FIRM,
    NUMBER,
    NUMBERS_COLUMNS,
    NUMBERS_COLUMNS_BEHIND,
    PAGE,
    REST,
    SAMPLE,
)
from engine.sql.functions import NO, YES, cases, is_one_of, joined, or_
from engine.sql.table import Table
from engine.sql.value import Value, literal
from engine.tables.source import BLANKS, GAP, Broken

NOBODY = (
    Text("既没有代码也没有名称", "has neither the id nor the name of a firm"),
    Text("请补上统一社会信用代码或企业名称。", "Give the firm's id or its name."),
)
_BARE = "[ \t\n\f\r\u3000\u00a0/\\\\-]+"
_BLANKS = sorted({re.sub(r"[/\\-]", "", word) for word in BLANK_WORDS})
_LONGEST_BLANK = max(map(len, BLANK_WORDS))
_CODE = "^[0-9a-z]{15,20}$"
_SEAL = "([（(]?(盖章|公章|签章|签字|签名|章)[)）]?)"
_OFFICE = "(单位|部门|机关|机构|科室)"
_DOING = f"({FILLED_IN}|申报|推荐|主管|审批|复核|核对|校对|经办|统计)"
_PLANT = "(公司|厂|集团|合作社)"
_FIRM = in_both(
    f"^({_DOING}?{_OFFICE}[:：]{ANY}*|(合|总|小|共|累)计[（(][^)）{GAP}]*[)）]{ANY}+|"
    f"注[:：][^不含除按以本为是见详，,{GAP}]{{2,}}){_PLANT}$"
)
_FIELD = "(工信|经信|科工|科技|发改|经发|商务|工商|财政|统计|税务|信息化|科学技术|发展和?改革|监管|监督管理)"
_LABELS = (
    f"{_DOING}{_OFFICE}?(人员?|负责人|领导|意见|日期|时间|电话|方式|手机|说明|要求|签字)",
    f"{_DOING}{_OFFICE}",
    f"({_OFFICE}|企业|主要|分管|主管|统计)?(负责人|领导)",
    "制表|法定代表人|(联系)?(电话|手机号?码?|传真|邮箱)|电子邮箱|日期|时间|截止(日期|时间)|签[字名章]|盖章|公章",
    "prepared by|signature|signed|tel|date",
)
_LABEL = f"({'|'.join(_LABELS)})".replace(" ", "")
_SURE = in_both(
    "|".join(
        (
            f"{ANY}{{0,10}}((合|总|小|共|累)计|总和|总数|汇总)({NUMBER}?[家户个项](企业)?|数)?{REST}",
            "(sub|grand)?totals?[:：]?|平均[值数]?[:：]?|均值[:：]?",
            f"[*※（(]*(备注|附注|注释?|说明|示例|样例|例|[数据资料]*来源|notes?|remarks?|sources?)[0-9①-⑩]*[:：]{ANY}*",
            f"备注|附注|注|说明|示例|样例|{_LABEL}[:：]?",
            f"({_OFFICE}|{_LABEL}){_SEAL}?[:：]{ANY}*|{_LABEL}{_SEAL}{ANY}*",
            f"((金额|货币|计量)单位|unit)[:：]{ANY}*",
            f"[（(]?以[上下]{ANY}{{0,4}}(单位|数据|金额|指标|[为是均]|快报){ANY}*",
            f"第{NUMBER}页{ANY}*|[（(]?以下(空白|无正文)[)）]?",
        )
    )
)
_ALONE = in_both(
    "|".join(
        (
            f"(填报|填表|制表|审核|经办|联系)人{ANY}{{0,4}}|(填报|填表|制表)日期[0-9年月日.]*|联系电话[0-9]+|{ANY}*{_SEAL}[:：]?",
            f"{ANY}*{_FIELD}(局|厅|委|委员会){REST}|{ANY}*(人民政府|管委会|管理委员会|领导小组|办公室){REST}",
            f"{ANY}{{1,10}}(省|市|州|盟|县|旗|区|镇|乡|街道|街道办事处){REST}",
            f"{NUMBER}年{NUMBER}月({NUMBER}日)?|(19|20)[0-9]{{2}}[.]?[0-9]{{1,2}}[.]?[0-9]{{1,2}}",
            f"[（(]?[一二三四五六七八九十]+[)）]?[、．.,，]{ANY}+|共{NUMBER}[家户页条行]{ANY}*",
            f"{ANY}{{9,}}[。；;]{ANY}*|以上{ANY}{{0,6}}(数据|企业|内容|情况|信息){ANY}*",
            "[0-9]{3,4}[0-9]{7,8}|1[3-9][0-9]{9}",
        )
    )
)
_ONE = f"(^|{GAP})({_SURE}|{_ALONE})({GAP}|$)"
_NOTHING = "|".join(map(re.escape, filter(None, _BLANKS)))
_SIGNED = in_both(f"{_LABEL}{_SEAL}?[:：]{GAP}+{ANY}{{1,20}}")  # a label, and beside it who or when
_ALL = f"^{GAP}*(({_SURE}|{_ALONE}|{_NOTHING}|{_SIGNED})({GAP}+|$))+$"
_FIRST_OF_A_SUM = "合总小共累平均备附注说示例样数资来TtSsGgNnRr"
_FIRST_OF_A_SIGNATURE = "填制编申上报推主审复核校经联统单部机科企分法电手传邮日时截签盖公金货计第以*※（(UuPpDd"
_FIRST = _FIRST_OF_A_SUM + _FIRST_OF_A_SIGNATURE
_MAY_BEGIN = in_both(f"^[{_FIRST}]")
_NO_FIRM = in_both(  # what no plain name of a firm is, if its end is that of most names
    f"[^司厂社]$|[:：]|^[{BLANKS}/\\\\-]|^[{_FIRST}0-9一二三四五六七八九十按此本币续表接转下结完整录导打名列\\[【#＃{{=_~·.—…＝其全母子测范有股○〇＊EeAaCcMm非拟已挂控参]"
)
_NO_CODE = "[^0-9A-Za-z]|^.{1,14}$|^.{21,}$"
_COUNTED = in_both(  # how many firms, in the column of their names
    f"(^|{GAP})(合|总|小|共|累)计[:：]?{GAP}+{NUMBER}({GAP}|$)"
)
_STATES = in_both(  # of other rows, where nothing else stands in its row
    f"^[（(【=]*{YEAR}[-/.至—~年]|{YEAR}(年度?|财年|年末)?(数据?|情况|部分|年报数?据?)?[)）】=]*$|单位[为是:：]|金额[为是:：按以]|"
    f"数据[为是:：取来]|[为系]{YEAR}|去年|[为按系以]{YUAN}|{REVIEW}|到期企业|^以[上下]|下列|本表|字体|底纹|"
    "标注|标记|带[*※★]|^[*※★]|^[（(]?[①②③④⑤⑥⑦⑧⑨]"
)
_MARKED = in_both(
    f"^([{BLANKS}]*{MARKED_FIRST}|([^{GAP}]*{GAP}){{0,{MARKED_IN - 1}}}[{BLANKS}]*({MARK}))[{BLANKS}]*({GAP}|$)"
)


def is_no_firm(code: str | None, name: str | None, cells: Iterable[str | None]) -> bool:
    """Say whether a row with that code, that name and these cells is no firm's, as the database says it.

    >>> [is_no_firm("", name, [name, "9"]) for name in ("合 计", "填表人：张三", "合计科技有限公司", "元氏县科技局")]
    [True, True, False, False]
    >>> is_no_firm("", "元氏县科技局", ["元氏县科技局", "", "2026年5月"]), is_no_firm("", "", ["注：略", "9"])
    (True, True)
    >>> is_no_firm("", "张三", ["经办人：", "张三"]), is_no_firm("", "张三", ["经办人：", "张三", "5"])
    (True, False)
    """
    texts = list(cells)
    as_written = GAP.join(cell or "" for cell in texts)[: _most(len(texts))]
    row = _bare(as_written)
    code, name = (_bare((text or "")[:LONGEST]) for text in (code, name))
    has_name, has_code = name not in _BLANKS, code not in _BLANKS
    is_sample = re.search(_MARKED, as_written) is not None or re.search(SAMPLE, name) is not None
    if is_sample or re.search(_CODE, code):
        return is_sample
    named = [text for text in (code, name) if text not in _BLANKS] or row.split(GAP)
    whose = name if has_name else code
    return (
        re.search(AS_NAME, whose) is not None
        or (re.search(LABELS, whose) is not None and re.search(NAMES_FIRM, whose) is None)
        or re.search(PAGE, as_written) is not None
        or re.search(NUMBERS_COLUMNS, row) is not None
        or (not has_name and re.search(NUMBERS_COLUMNS_BEHIND, row) is not None)
        or (not has_name and not has_code and re.search(ALONE, row) is not None)
        or (re.fullmatch(NUMBER, name) is not None and re.search(_COUNTED, row) is not None)
        or ((alone := row.replace(GAP, "")) in (code, name) and _states(alone))
        or any(re.fullmatch(_SURE, text) and not re.search(_FIRM, text) for text in named)
        or (re.search(_ONE, row) is not None and re.search(_ALL, row) is not None)
    )


def _states(text: str) -> bool:
    return re.search(_STATES, text) is not None and re.search(ENDS_AS_FIRM, text) is None


def cells_of_firms(cells: Sequence[object], codes: Sequence[object], names: Sequence[object]) -> Iterator[object]:
    """Give the cells of a column in rows of firms, by the columns of codes and names; all if there are neither.

    >>> [*cells_of_firms(["工业", "审核：李某", "x"], [], ["甲厂", "填表人：张某", None])]
    ['工业']
    """
    for cell, *whose in zip_longest(cells, codes, names):
        texts = ["" if one is None else str(one) for one in (*whose, cell)]
        code, name, _ = texts
        is_named = _bare(code) not in _BLANKS or _bare(name) not in _BLANKS
        if not (codes or names) or (is_named and not is_no_firm(code, name, texts)):
            yield cell


def is_no_firm_line(text: str) -> bool:
    """Say whether a line that is no row begins as a sum, a note or a signature does.

    >>> is_no_firm_line('"合计",,9'), is_no_firm_line("填报单位：元氏县工信局"), is_no_firm_line("甲公司,合计")
    (True, True, False)
    """
    cells = re.split("[,;，\t|]", text[:_LINE])
    first = next((cell for one in cells if (cell := _bare(one.strip(' "'))) not in _BLANKS), "")
    return re.fullmatch(_SURE, first) is not None


_LINE = 1000
_OF_A_ROW, _OF_A_CELL = 2000, 20


def _most(columns: int) -> int:
    """Give how many letters of a row of so many columns are looked at: a cell of a stranger may have millions."""
    return _OF_A_ROW + _OF_A_CELL * columns


def of_firms(broken: Iterable[Broken]) -> list[Broken]:
    """Give the records that could not be split into cells and may be firms'."""
    return [one for one in broken if not is_no_firm_line(one.text)]


def rows_to_look_at(table: Table, code: str | None, name: str | None) -> Value:
    """Give all cells of the rows of a table of text columns that may be no firm's, with GAP between them, else null.

    `code` and `name` are the columns of these.
    """
    named = [table[one] for one in (code, name) if one is not None]
    is_short = named[-1].fill_null("").length() <= _LONGEST_BLANK if named else YES
    may_be = [table[table.columns[0]].re_search(_MAY_BEGIN)]
    may_be += [joined(*(table[one] for one in table.columns[:MARKED_IN])).contains(MARKED_FIRST)]  # in every mark
    may_be += [] if code is None else [table[code].re_search(_NO_CODE)]
    may_be += [] if name is None else [table[name].re_search(_NO_FIRM)]
    row = joined(*(table[one].fill_null("") for one in table.columns), mark=GAP).substr(0, _most(len(table.columns)))
    return cases((or_(is_short, *may_be), row))


def no_firms(cells: Value, code: Value | None, name: Value | None) -> Value:
    """Say which rows are no firm's, of those that `rows_to_look_at` gives the cells of."""
    names = [_bared(one.substr(0, LONGEST)) for one in (code, name) if one is not None]
    row = _bared(cells)
    is_named = or_(*(~is_one_of(one, _BLANKS) for one in names))
    sure = or_(*(one.re_search(f"^({_SURE})$") & ~one.re_search(_FIRM) for one in names))
    begins = ~is_named & row.re_search(f"(^|{GAP})({_SURE})({GAP}|$)")
    is_firm = NO if code is None else names[0].re_search(_CODE)
    whose = names[-1] if names else literal("")
    has_no_name = NO if name is None else is_one_of(whose, _BLANKS)
    if len(names) == 2:  # noqa: PLR2004 a code and a name
        whose = cases((has_no_name, names[0]), else_=whose)
    other = whose.re_search(AS_NAME) | row.re_search(NUMBERS_COLUMNS) | cells.re_search(PAGE)
    other |= whose.re_search(LABELS) & ~whose.re_search(NAMES_FIRM)
    other |= has_no_name & row.re_search(NUMBERS_COLUMNS_BEHIND)
    is_blank = is_one_of(names[0], _BLANKS) if names else NO
    other |= has_no_name & is_blank & row.re_search(ALONE)
    other |= NO if name is None else names[-1].re_search(f"^{NUMBER}$") & row.re_search(_COUNTED)
    alone = row.replace(GAP, "")
    other |= or_(*(alone == one for one in names)) & alone.re_search(_STATES) & ~alone.re_search(ENDS_AS_FIRM)
    sample = cells.re_search(_MARKED) if name is None else cells.re_search(_MARKED) | names[-1].re_search(SAMPLE)
    found = sample | ~is_firm & (sure | other | begins | (row.re_search(_ONE) & row.re_search(_ALL)))
    return cases((cells.notnull(), found), else_=NO).fill_null(NO)


def _bare(text: str) -> str:
    return re.sub(_BARE, "", text).lower()


def _bared(text: Value) -> Value:
    return text.fill_null("").re_replace(_BARE, "").lower()
