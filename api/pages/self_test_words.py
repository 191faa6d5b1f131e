"""The texts of the self-test; what is said of a firm has its words from the engine."""

from __future__ import annotations

from collections.abc import Mapping

from engine import Text

SELF_TEST: Mapping[str, Text] = {
    "test": Text("企业自测", "Test a firm"),
    "test_says": Text(
        "填一家企业的数，看每一项条件符合、不符合，还是缺什么。",
        "Fill in the figures of one firm, and see which criteria are met, which are not, and what is missing.",
    ),
    # which title
    "test_which": Text("测哪一个称号", "Which title"),
    "test_other": Text("其他规则", "Other rulebooks"),
    "test_day": Text("按哪一天判定", "As of which day"),
    "test_day_help": Text(
        "按这一天施行的文件判定，如 2026-06-01。", "By the text in force on that day, as 2026-06-01."
    ),
    "test_begin": Text("开始填写", "Begin"),
    # the form
    "test_open": Text("打开存下的文件", "Open a file that was saved"),
    "test_open_help": Text(
        "存下的画像（.json），或填好的填报表（.xlsx、.csv）。", "A profile (.json), or a form filled in (.xlsx, .csv)."
    ),
    "test_open_do": Text("打开", "Open"),
    "test_answers": Text("填写", "Answers"),
    "test_how": Text(
        "空白就是不知道：不当作 0，也不当作没有。确实没有的，数填 0，是否选“否”。",
        "A blank means not known: never zero, never no. Of what there is none, write 0, or choose no.",
    ),
    "test_all": Text("全部问题", "All questions"),
    "test_rest": Text("只问还缺的", "Only what is still asked"),
    "test_first": Text("先补这 {} 项", "These {} first"),
    "test_nothing": Text("没有还要问的了。", "Nothing is still asked."),
    "test_if_any": Text("多数企业没有，或可由别的数算出（{} 项）", "Few firms have these, or they follow ({})"),
    "test_reviews": Text("复核时才填（{} 项）", "For a review only ({})"),
    "test_reviews_more": Text(
        "申请复核的另有 {} 项：选“复核”，再按“比对”。", "For a review {} more are asked: choose it, and press Compare."
    ),
    "test_yes": Text("是", "Yes"),
    "test_no": Text("否", "No"),
    "test_unknown": Text("不知道", "Not known"),
    "test_unjudged": Text("尚未评审", "Not judged yet"),
    "test_none": Text("都没有", "None of them"),
    "test_more": Text("也可以用文字写，期限写在括号里", "Or in words, a term in brackets"),
    "test_reads": Text("读作", "Read as"),
    "test_help": Text("说明", "What is meant"),
    "test_paper": Text("材料", "Evidence"),
    # what can be done
    "test_compare": Text("比对", "Compare"),
    "test_print": Text("打印页", "Page to print"),
    "test_papers": Text("要准备的材料", "Documents to prepare"),
    "test_ladder": Text("各级一起比对", "Every level"),
    "test_save": Text("存为文件", "Save as a file"),
    "test_save_form": Text("存为填报表", "Save as a form (.xlsx)"),
    "test_back": Text("回到填写", "Back to the answers"),
    "test_stop": Text("。", ". "),
    "test_semicolon": Text("；", "; "),
    # problems
    "test_problems": Text("有 {} 处要改，改好才能判定", "Mend these ({}) first: nothing has been decided"),
    "test_both": Text("又选了“都没有”，又选了别的", "has none of them ticked, and others too"),
    "test_either": Text("请只留一样。", "Leave only one of the two."),
    "test_many": Text("字段太多", "has too many fields"),
    # the result
    "test_result": Text("比对结果", "Result"),
    "test_settles": Text("补齐这 {} 项，结论可能为“{}”：", "These {} could make it {}:"),
    "test_ends": Text("只补其中一项，结论就可能为“{}”：", "Any one of these alone could make it {}:"),
    "test_missing": Text("尚缺 {} 项", "Missing ({})"),
    "test_required": Text("要求：", "Required: "),
    "test_try": Text("试 {} {}", "Try {} {}"),
    "test_try_do": Text("试算", "Try"),
    "test_tried": Text("试算：不是所填的数", "A trial, not what is stated"),
    "test_untry": Text("恢复所填", "Back to what is stated"),
    "test_proposal": Text(
        "这套规则是研究建议，不是官方文件。", "This rulebook is a research proposal and no official text."
    ),
    "test_grades": Text("出处等级：", "Grades: "),
    "test_foot": Text("编号", "Id"),
    "test_digest": Text("规则版本（digest）", "Rulebook digest"),
    "test_note": Text("提示", "Note"),
    "test_stated": Text("所填", "Stated"),
    # the ladder and the papers
    "test_next": Text("再上一级：{}", "The next level: {}"),
    "test_held": Text("持有", "Held"),
    "test_ready": Text("已备", "ready"),
    "test_rare": Text("如有", "if any"),
    "test_looked_up": Text("由主管部门核对", "looked up by the authority"),
    "test_by_paper": Text("按材料", "By document"),
    "test_by_criterion": Text("按条件", "By criterion"),
    "test_for_criteria": Text("用于：", "For: "),
}
