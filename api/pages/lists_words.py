"""The texts of lists; what is said of a firm or a column has its words from the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from engine import Text

LISTS: Mapping[str, Text] = {
    "lists": Text("比对名单", "Screen a list"),
    "lists_says": Text(
        "上传一份企业名单，看每一行符合、不符合，还是缺什么；每一行都能打开看全部理由。",
        "Upload a list of firms, and see of each row whether it qualifies and what is missing; each row opens into all "
        "its reasons.",
    ),
    # sending
    "list_file": Text("名单文件", "File of firms"),
    "list_file_help": Text(
        "CSV、Excel、Parquet 或 JSON Lines，不超过 {}、{} 行；可以拖到这里。",
        "CSV, Excel, Parquet or JSON lines, at most {} and {} rows; it can be dropped here.",
    ),
    "list_by": Text("按哪一个称号", "By which title"),
    "list_sheet": Text("工作表（不填就读第一张）", "Worksheet (else the first)"),
    "list_do": Text("比对", "Screen"),
    "list_kept": Text(
        "文件和结果在本服务的临时文件夹里留一小时，凭网址打开：有网址的人都能看，请勿转发；看完可以删除。名单太多时，最早的先删。",
        "The file and what comes of it are kept for an hour, in a temporary folder of this service, and opened by "
        "address: whoever has it can see them. They can be deleted at once. If there are too many lists, the oldest go "
        "first.",
    ),
    "list_gone": Text("没有这份名单，或已过一小时", "is no list that is kept here, or no longer"),
    "list_again": Text("请再上传一次。", "Upload it again."),
    "list_no_row": Text("不是行号", "is no line of a list"),
    "list_bad_form": Text("列和指标不成对", "does not say of each column what it states"),
    "list_not_known": Text("不是这里的选项", "is none of the options"),
    "list_no_page": Text("不是页码", "is no number of a page"),
    # columns
    "list_columns": Text("列的读法：读懂 {} 列，未读 {} 列", "How the columns were read: {} read, {} not read"),
    "list_column": Text("列", "Column"),
    "list_reads": Text("读作", "Read as"),
    "list_how": Text("怎样读的", "How"),
    "list_not_read": Text("不读", "Not read"),
    "list_remap": Text("按所选重新比对", "Screen again with these"),
    "list_refused": Text("名单有问题，还没有判定", "The list has problems: nothing has been decided"),
    "list_mend": Text(
        "请选出每一列说的是什么，或改好文件再上传。", "Choose what each states, or mend the file and upload it."
    ),
    # what it came to
    "list_counts": Text("{} 行 = 判定 {} 行 + 未比对 {} 行", "{} rows = {} judged + {} rejected"),
    "list_not_firms": Text("另有合计、备注等 {} 行，不是企业", "{} more are totals or notes, no firms"),
    "list_verdicts": Text("结论", "Verdicts"),
    "list_verdict": Text("结论", "Verdict"),
    "list_rows_count": Text("行数", "Rows"),
    "list_bar": Text("占比", "Share"),
    "list_rejected": Text("未比对", "Rejected"),
    "list_criteria": Text("各项条件", "Criteria"),
    "list_criterion": Text("条件", "Criterion"),
    "list_met": Text("符合", "Met"),
    "list_unmet": Text("不符合", "Not met"),
    "list_open": Text("无法判定", "Undetermined"),
    "list_alone": Text("仅此不符合", "Only this fails"),
    "list_missing": Text("最常缺的", "What is missing most"),
    "list_fact": Text("指标", "Fact"),
    "list_problems": Text("为何未比对", "Why rows were rejected"),
    "list_first_line": Text("首见行", "First line"),
    "list_problem": Text("问题", "Problem"),
    # rows
    "list_rows": Text("各行", "Rows"),
    "list_any": Text("全部", "Any"),
    "list_any_criterion": Text("不符合的条件", "Criterion not met"),
    "list_any_missing": Text("缺少的指标", "Missing fact"),
    "list_name": Text("名称或代码", "Name or code"),
    "list_one_short": Text("只有一项条件不符合", "One criterion fails"),
    "list_sort": Text("顺序", "Order"),
    "list_by_line": Text("按行号", "By line"),
    "list_by_near": Text("不符合的条件最少、缺项最少的在前", "Fewest not met, then fewest missing first"),
    "list_by_far": Text("不符合的条件最多的在前", "Most not met first"),
    "list_show": Text("筛选", "Show"),
    "list_found": Text("{} 行，第 {} 页，共 {} 页", "{} rows, page {} of {}"),
    "list_before": Text("上一页", "Previous"),
    "list_next": Text("下一页", "Next"),
    "list_line": Text("行", "Line"),
    "list_firm": Text("企业", "Firm"),
    "list_lacks": Text("缺", "Missing"),
    "list_nobody": Text("（无名称）", "(no name)"),
    "list_trouble": Text("有问题的列", "Columns with problems"),
    "list_download": Text("下载", "Download"),
    "list_delete": Text("删除这份名单", "Delete this list"),
    "list_back": Text("回到名单", "Back to the list"),
    "list_of_line": Text("名单第 {} 行", "Line {} of the list"),
}


def options_told(options: Iterable[str]) -> Text:
    """Say which options there are."""
    few = [*islice(options, 20)]
    return Text(f"可选：{'、'.join(few)}。", f"One of: {', '.join(few)}.")
