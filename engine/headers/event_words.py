"""Words for what is done with lists, firms, titles and documents, as pieces of patterns like those of `time_words`.

A time beside such a word is that of an event, and not of figures.
"""

FILLED_IN = "填报|填表|填写|制表|编制|上报|报送|审核|联系"
"""What an office or a person does with a list: 填报单位, 审核人."""
APPLIED = "申[报请]|推荐|认定|公[示布告]|成立|注册"
"""What happens to a firm on its way to a title."""
DOCUMENT = "办法|通知|标准|文件|版"
TITLES = "称号|资质|证书|荣誉|小巨人|专精特新|单项冠军"
REVIEW = "(?:复核|覆核|复审)"
IS_REVIEW = "(到期|期满)?(复核|覆核|复审|复评)(企业|申报|申请)?|review|renewal"
"""A cell that says so and nothing else, in small letters."""
OVER = "(?:过期|到期|失效|期满)"
"""What a title is that is no longer valid."""
FIRM_ENDS = (
    "(公司|厂|集团|合作社|研究[院所]|[院所店社]|中心|商行|银行|股份|经营部|总站|工作室|[农林牧渔]场|"
    "ltd[.]?|inc[.]?|corp[.]?|llc|limited|company|group|gmbh|plc|co[.])([（(][^（()）]*[)）])?[*※★#①②③④⑤⑥⑦⑧⑨0-9]*$"
)
"""How the name of a firm ends, in small letters, and what marks may stand behind it."""
