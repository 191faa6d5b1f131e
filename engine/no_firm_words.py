"""Names that are no firm's: classes, shares, means, other tables' words; and rows that number the columns.

Such a word may stand in any other cell of a firm's row (行业: 制造业), so only what stands as the name is compared, in
small letters, without blanks and strokes.
"""

from __future__ import annotations

GAP = "\x1f"
"""What stands between the cells of a row."""
ANY = f"[^{GAP}]"
NUMBER = "[0-9一二三四五六七八九十百〇○]+"
REST = f"([:：]{ANY}*|[（(]{ANY}*[)）])?"

_PLACE = "(全(国|省|市|州|盟|县|区|镇|乡|部|体|自治区)|[本各](省|市|县|区))"
_SECTION = (
    "农、?林、?牧、?渔业|采矿业|建筑业|工业|农业|第[一二三]产业|金融业|房地产业|制造业|服务业|零售业|批发业|"
    f"{ANY}{{2,20}}(制造|加工|采选|开采|服务|零售|供应)业|{ANY}{{1,12}}行业"
)
_KIND = (
    f"(规模?以?[上下]|限额?以?[上下]|(大|中|小|微|大中|中小|小微|中小微|大中小微?)型|国有(控股)?|集体|私营|民营|内资|外资|外商投资|港澳台(商?投资)?|"
    f"股份制|合资|高新技术|上市|亏损|盈利|{_SECTION})"
)
_CLASS = (
    f"({_PLACE}{_KIND}{{0,3}}|{_KIND}{{1,3}})(企业|单位|户)?|"
    "(大|大中|中小|小微|中小微)企业|(其他|其它|其余)(企业|单位|公司)?"
)
_SHARE = (
    f"{ANY}{{0,12}}(平均[值数]?|均值|平均水平|中位[数值]|最[大小高低]值|标准差|方差|众数|占比|比重|增长率|增速%?|占比%|增幅|同期数?|达标线|合格线|门槛值?|阈值|参考值|"
    "标杆值|对标值|目标值)|同比(增长|增减)?|环比(增长|增减)?|上年(同期)?数?|去年(同期)?数?|本[年期]数?|上期数?|标杆企业|对标企业|标准|门槛|"
    "average|mean|avg[.]?|median|max(imum)?|min(imum)?|std([.]?dev)?|standarddeviation|sums?|all|others?"
)
_GROUPED = (
    '((新|首次)?申报|复核|推荐|拟?认定|培育|入库|新增|续报|重新认定|通过|专精特新(中小)?|[“"]?小巨人[”"]?|创新型(中小)?|单项冠军|科技型(中小)?|'
    f"(国家|[省市县区])级{ANY}{{0,8}})(企业|单位|类)|新申报|复核"
)
_SEVERAL = (
    f"第{NUMBER}(批次?|类|组|档|期|部分|片区?|梯[度队])|[a-z甲乙丙丁一二三四五](类|组|档)(企业)?|{_GROUPED}|新申报|复核|"
    f"{ANY}*(名单|名录|清单|一览表?|汇总表|统计表|情况表|明细表|花名册)"
)
_IN_A_PLACE = (  # and not 永辉超市, 某某景区, 产业联盟
    f"{ANY}{{1,8}}([^超门菜夜集花早楼股城都]市|自治[县州旗区]|[^社小景校厂矿库营商专园]区|[^家梦故水]乡|[^古小]镇|街道(办事处)?|省)|"
    f"{ANY}{{1,7}}县|{ANY}{{1,6}}[^农渔新乡山水]村|{ANY}{{1,6}}社区"
)
_SUMMED = f"[（(]{ANY}{{0,10}}((合|总|小|共|累)计|总和|汇总数?)[)）]|{ANY}+[（(]((合|总|小|共|累)计|总和|汇总)数?[)）]"
_PART = (
    "(标准|基准|目标|参照)值|(最低|申报|认定)?(要求|条件|标准)|小巨人标准|及格线|基准|差额|总额|[一二三四]季度|[上下]半年|较上年(同期)?(增[长减])?|"
    "比上年(同期)?(增[长减])?|承[上前]页|过次页|空白|无此企业|重复|作废|删除|已?注销|同意(推荐|申报|上报)|序号|[（(]?公章[)）]?|附件[0-9]+|"
    "(个体工商户|有限责任公司|股份有限公司|示范企业|样本企业|开发区企业|产业集群)|"
    "(集团|公司|企业)(总部|本部)|(企业|单位|公司)?[户家个]?数量?|总部|本部|母公司|子公司|分公司|合并(数|报表|口径)?|((集团)?内部)?抵[消销](数|项|前|后)?|企业|公司|员工|单位|人员|职工|无|没有|全部(企业|公司)|"
    "(企业|公司|单位)?(名称|全称|简称)|[央国民外]企|(中央|省属|市属|县属|区属|地方)(国有)?(企业|单位)?|[省市县区]直|[省市县区]本级|[市县区]属|未分类|未归类|计|"
    "求和(项)?|总计结果|[（(]空白[)）]|空白|[东西南北中城新老]{1,2}片区?|新区|(产业|工业|科技|高新|化工)园区?"
)
_SAMPLE = "(填写|填报|填表)?(示例|样例|范例|举例|样表|示范|sample|example)"
_TRIED = (
    "(示例|样例|范例|测试|试填|sample|example|demo|test)(行|数据|记录|企业|公司|单位|厂|row|data|record|firm|company)?"
    f"({NUMBER}|[a-d])?"
)
_MASK = "(x{2,}|[×✕ｘ]{2,}|[○〇]{2,}|[*＊]{2,}|某某)"
_MASKED = f"{_MASK}([省市县区]{_MASK})*([^a-z{GAP}]{{0,12}})(公司|厂|企业|集团)"
_SAID = (
    f"[（(]划去[:：]{ANY}*[)）]|{_TRIED}|{_SAMPLE}({NUMBER})?([:：]{ANY}*)?|[（(【\\[]{_SAMPLE}({NUMBER})?[)）】\\]]{ANY}*|例如?[0-9]*[:：]{ANY}*|"
    f"{_MASKED}|以[上下](为|是|系|均|数据|企业|内容|信息|情况|仅供){ANY}*|"
    "[（(]?(续[上前]?[页表]?|上?接上?[页表]|[转接]下[页表]|下接)[0-9一二三]*[)）]?|"
    f"以上(合?共计?)?{NUMBER}[家户个](企业)?{REST}|[（(]?(此|本|以下)[页处表]?(无正文|空白|无内容)[)）]?|(the)?end|eof|"
    f"[（(]?(全文)?完[)）]?|(全文|表格?|列表)?(结束|完毕)|[=_~·.—…＝＊*]{{2,}}|附(件|表|录|注)?{NUMBER}?[:：]{ANY}*|"
    f"([（(]?{NUMBER}[)）、.．])?本表([为是由须请以所数一仅只填各均]|内容){ANY}*|[（(*※#]?(金额|单位|货币|币种)[:：]{ANY}{{0,12}}[元币万亿][)）]?|[以按](人民币)?[十百千万亿美]*元(计|为单位|列示|填[列报写]?)|"
    f"(表格|报表|名单)?(制作|整理|录入|导出|打印|汇总|统计)[人者]?(单位|日期|时间)?[:：]{ANY}*|"
    "(19|20)[0-9]{2}(年度?(上半年|下半年|全年|[一二三四1-4]季度|[0-9]{1,2}月份?)?)?(年|数据?|快报数?|年报数?|决算数?|预计数?|情况)|"
    "(19|20)[0-9]{2}年度?(上半年|下半年|全年|[一二三四1-4]季度)?|"
    f"(填报|填表|制表|编制|审核|审批|复核|核对|校对|经办|联系|统计|批准|主管|负责)[:：]{ANY}*|"
    f"(填报|填表|填写|编制|使用|指标|数据)(说明|须知|要求|解释|口径){REST}|(数据|统计)?截[止至]到?20{ANY}*"
)
_ORDINAL = f"[（(]?{NUMBER}[)）]?[、．.,，]?"
_NO_NAME = (
    f"({_ORDINAL})?({_SEVERAL})([（(]{ANY}*[)）]|[:：])?|{_SUMMED}|({_IN_A_PLACE})([（(][共计]?{NUMBER}[家户个](企业)?[)）])?|"
    f"({_ORDINAL}|其中[:：]?|[#＃])?({_CLASS}){REST}|其中[:：]{ANY}*|{_SHARE}|{_PART}|{_SAID}"
)
AS_NAME = f"^({_NO_NAME}|((共|合?计){NUMBER}|[0-9]+)[家户个](企业)?)$"
"""What no firm is called, as a name in full."""
ALONE = f"^({_NO_NAME})({GAP}+[0-9.,%％]+)*{GAP}*$"
"""All cells of a row that begins with such a word and has figures, where no name and no code stands."""
SAMPLE = f"^({_MASKED}|{ANY}+[（(【](示例|样例|范例|例|sample|example)[)）】])$"
"""The name of an example, whatever code stands beside it."""
MARKS = tuple(f"{before}{word}" for before in ("", "填", "填写", "填报", "填表") for word in ("示例", "样例", "范例"))
MARKED_IN = 30
"""What a cell of an example says, and how many of the first cells of a row are looked at for it."""

_FORMULA = f"([（(]?[=＝][^{GAP}]*)?"
_MOST_COLUMNS = 60
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def _cell(place: int) -> str:
    return f"([（(]?{place}[)）]?{_FORMULA}" + (f"|{_CIRCLED[place - 1]})" if place <= len(_CIRCLED) else ")")


def _from(place: int) -> str:
    """Give the pattern of the number of a column and of those behind it, as far as there are."""
    more = f"({_from(place + 1)})?" if place < _MOST_COLUMNS else ""
    return f"{GAP}{_cell(place)}{more}"


_LABEL = "(栏[次目号]|行次|列次|序号|[甲乙丙丁戊己庚辛])"
_THREE = f"{_cell(1)}{GAP}{_cell(2)}{GAP}{_cell(3)}"
NUMBERS_COLUMNS = (
    f"^({GAP}*{_LABEL}({GAP}+{_LABEL})*{GAP}*({GAP}0)?{GAP}{_cell(1)}{GAP}{_cell(2)}({_from(3)})?|"
    f"({GAP}+|0{GAP}){_THREE}({_from(4)})?|{_THREE}{_from(4)}){GAP}*$"
)
"""All cells of a row that numbers the columns: 甲, 乙, 1, 2 or 1, 2, 3=1+2, 4."""
NUMBERS_COLUMNS_BEHIND = f"^{GAP}*{_THREE}({_from(4)})?{GAP}*$"
"""All cells of such a row where nothing stands in the column of the names."""
