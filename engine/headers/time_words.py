"""Words for times, amounts and units, as pieces of patterns: others put them together, and none says them again.

A piece with alternatives is a group. None looks around itself, so that the database takes it too.
"""

YEAR = "(?:19|20)[0-9]{2}"
MONTH = "(?:1[0-2]|0?[1-9])"
DASH = r"\s*(?:[-~～—–至到]+|to)\s*"
UNTIL = "截[止至]"
PART = r"(?:[上下]半年度?|半年[度报]|(?:[一二三四1-4]|前三)\s*季[度报]|中期)"
"""A part of a year by its name: 上半年, 前三季度."""
SEVERAL = "(?:近|最近|前|连续|过去)?[二两三四五2-5]个?年度?"
SUMMED = "(?:合计|累计|累加|总[计和额数]|之和|平均|均值)"

DATA = "(?:数据?|情况)"
STATEMENTS = "(?:年报|报表|审计|决算|快报)"
AMOUNTS = "(?:收入|营收|费用|利润|资产)"

YUAN = "(?:人民币)?[十百千万亿]*元"
FOREIGN_YUAN = "[十百千万亿]*(?:美|港|欧|日)元"
OF_MONEY = "(?:金额|货币|计量)"
"""What stands before 单位 where that is the unit, and not an organisation."""
