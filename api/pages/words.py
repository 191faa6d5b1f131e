"""Every text of the pages; what comes of rules and verdicts has its words from the engine."""

from __future__ import annotations

from collections.abc import Mapping

from api.pages.lists_words import LISTS
from api.pages.self_test_words import SELF_TEST
from engine import Text

WORDS: Mapping[str, Text] = {
    "site": Text("专精特新认定条件比对", "Champion"),
    "skip": Text("跳到正文", "Skip to content"),
    "pages": Text("页面", "Pages"),
    "about_pages": Text("关于本站", "About this service"),
    "switch": Text("English", "中文"),
    "about": Text("关于", "About"),
    "accessibility": Text("无障碍", "Accessibility"),
    "programs": Text("程序接口", "For programs"),
    "foot": Text(
        "本站只比对填写的数和公开的条件；称号由主管部门认定。",
        "This service compares stated figures with published criteria; only the competent authority recognises a firm.",
    ),
    # the start page
    "start_title": Text("企业是否符合公开的认定条件", "Does a firm meet the published criteria?"),
    "start_says": Text(
        "一家企业是否符合公开的认定条件：符合、不符合，或无法判定；每一项条件都给出原文、企业的数、要求的数和差距。",
        "Whether a firm meets published criteria: qualified, not qualified or undetermined, with the words of every "
        "criterion, the figure of the firm, the figure required and the distance between them.",
    ),
    "nobody_kept": Text(
        "填写的内容不留存；上传的名单留一小时，可随时删除。",
        "Nothing that you type is kept; a list that you upload is kept for an hour, and can be deleted at once.",
    ),
    "in_force": Text("哪些文件在施行", "Texts in force"),
    "on_day": Text("日期", "Day"),
    "show": Text("显示", "Show"),
    "level": Text("层级", "Level"),
    "text": Text("文件", "Text"),
    "from_day": Text("自", "Since"),
    "none_in_force": Text("这一天没有任何层级的规则施行。", "On this day no level has a rulebook in force."),
    # rules
    "rules": Text("读规则", "Read the rules"),
    "rules_says": Text(
        "每个层级有哪些版本，各自何时施行；每项条件的原文、读法和出处；两版有什么不同。",
        "Which editions each level has and when they apply; the words of each criterion, how they are read and where "
        "they stand; what changed between two.",
    ),
    "applies": Text("施行中", "in force"),
    "criteria": Text("条件", "Criteria"),
    "compare": Text("与上一版比较", "Compare with the one before"),
    "find": Text("查一个指标、条件或规则", "Look up a fact, a criterion or a rulebook"),
    "find_button": Text("查", "Look up"),
    "permanent": Text("永久地址", "Permanent address"),
    "permanent_says": Text("（摘要不同的规则不会在这个地址出现）", "(a text with another digest is never shown there)"),
    "as_data": Text("JSON", "JSON"),
    "compare_with": Text("与另一版比较", "Compare with"),
    "compare_button": Text("比较", "Compare"),
    "scorecards": Text("评分表", "Scorecards"),
    "parameters": Text("参数", "Parameters"),
    "unencoded": Text("未列为条件的条款", "Clauses that are not encoded"),
    "sources": Text("出处", "Sources"),
    "read_in": Text("读自", "Read in"),
    "benchmarks": Text("对标表", "Benchmark table"),
    "grades": Text("出处等级", "Grades"),
    "papers_asked": Text("证明材料：", "Proof: "),
    "reading": Text("读法：", "Reading: "),
    "colon": Text("：", ": "),
    "comma": Text("、", ", "),
    # facts
    "facts": Text("查指标", "Look up facts"),
    "facts_says": Text(
        "每个指标的含义、单位和写法，哪些条件用到它，各版要求多少。",
        "What each fact means, its unit and how it is written, which criteria use it and what each edition asks.",
    ),
    "fact": Text("指标", "Fact"),
    "kind": Text("种类", "Kind"),
    "unit": Text("单位", "Unit"),
    # about
    "about_does": Text(
        "本站把企业填写的数与公开文件中的条件逐项比对。规则写成数据，每项条件都引用文件原文和条款；文件没有写清楚的，我们的读法写明是读法。",
        "This service compares stated figures with the criteria of published texts, one by one. The rules are data; "
        "each criterion quotes the words and the clause; where a text is unclear, our reading is said to be ours.",
    ),
    "about_third": Text(
        "缺一个数就说缺一个数：不当作零，也不当作不符合。所以结论有三种。",
        "A figure that is missing is said to be missing: it is no zero, and no failure. So there are three verdicts.",
    ),
    "about_same": Text(
        "同样的填写、同样的规则、同样的日期，结论每次相同，并写明规则的摘要（digest），日后可以核对。",
        "The same figures, rulebook and day give the same verdict each time. It names the digest of the rulebook, so "
        "that it can be checked later.",
    ),
    "about_grades": Text(
        "写规则时手边没有官方 PDF：原文抄自转载，每条都标明可信度。",
        "No official PDF was at hand when the rules were written: the words were read in reposts, each with its grade.",
    ),
    "about_kept": Text(
        "填写的数不留存，也不写进网址；上传的名单只在本服务的临时文件夹里留一小时，凭网址里猜不到的编号打开，可随时删除。"
        "网页不用 cookie，不向别的网站请求任何东西。",
        "No figure that is typed is kept, or stands in an address. A list that is uploaded is kept for an hour, in a "
        "temporary folder of this service, opened by an id in its address that nobody can guess, and can be deleted at "
        "once. The pages set no cookie and ask no other site for anything.",
    ),
    "about_doors": Text(
        "命令行、Python 和 HTTP 接口用的是同样的规则，给出同样的结论。",
        "The command, Python and the HTTP interface go by the same rules and give the same verdicts.",
    ),
    "version": Text("版本", "Version"),
    "rules_digest": Text("规则文件的摘要（SHA-256）", "Digest of the files of rules (SHA-256)"),
    "about_programs": Text("接口说明", "Documentation of the interface"),
    # accessibility
    "access_aim": Text(
        "本站按《信息技术 互联网内容无障碍可访问性技术要求与测试方法》（GB/T 37668）和 WCAG 2.2 AA 级制作。",
        "These pages are made to meet WCAG 2.2, level AA, and GB/T 37668, the Chinese standard beside it.",
    ),
    "access_keyboard": Text("只用键盘可以做完每一件事。", "Everything can be done with the keyboard alone."),
    "access_zoom": Text(
        "放大到 200%，或屏幕宽 320 像素，正文不需要左右滚动；宽表格在自己的框内滚动。",
        "At 200% zoom, or on a screen of 320 pixels, nothing has to be scrolled sideways but wide tables, in a frame "
        "of their own.",
    ),
    "access_scripts": Text("关闭 JavaScript 也能用。", "Everything works without JavaScript."),
    "access_colour": Text(
        "结论用文字和符号表示，颜色只是辅助；深色、浅色随系统设置。",
        "Verdicts are told in words and marks; colour only helps. Light and dark follow your system.",
    ),
    "access_quotes": Text(
        "英文页面上的文件原文是中文，已为读屏软件标明语言。",
        "On English pages the words of official texts are in Chinese, and marked so for screen readers.",
    ),
    "access_checked": Text(
        "每一页在中英文、深浅色下都用 axe-core 检查过；自动检查只能发现一部分问题。",
        "Every page has been checked with axe-core, in both languages, light and dark. Such checks find only part of "
        "what matters.",
    ),
    "access_tell": Text(
        "遇到障碍，请告诉提供本服务的单位。", "If something stands in your way, tell whoever runs this service."
    ),
    # errors
    "error_instead": Text("可以这样：", "Instead: "),
    "error_back": Text("回到首页", "Back to the start page"),
    **SELF_TEST,
    **LISTS,
}
